/** An element with a class and a text; both may be empty. */
export function createElement(tag: string, className: string, text = ''): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}

export function createButton(
  action: string,
  label: string,
  onPress: () => void,
): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.dataset['action'] = action;
  element.textContent = label;
  element.addEventListener('click', onPress);
  return element;
}

/**
 * A button whose press opens an editor: the mouse leaves the focus where it is. VS Code learns up
 * to 250 ms later that a webview got it, and would then make the panel the active one over that
 * editor.
 */
export function preventFocusOnMouseDown(target: HTMLButtonElement): HTMLButtonElement {
  target.addEventListener('mousedown', (event) => event.preventDefault());
  return target;
}

/** The language of the words that the host gave the page, in which its figures are written too. */
export function getPageLanguage(): string {
  return document.documentElement.lang || 'en';
}
