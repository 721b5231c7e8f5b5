/** An element with a class and a text; both may be empty. */
export function make(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  if (text !== '') made.textContent = text;
  return made;
}

export function button(action: string, label: string, press: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.dataset['action'] = action;
  made.textContent = label;
  made.addEventListener('click', press);
  return made;
}

/**
 * A button whose press opens an editor: the mouse leaves the focus where it is. VS Code learns up
 * to 250 ms later that a webview got it, and would then make the panel the active one over that
 * editor.
 */
export function leavesFocus(made: HTMLButtonElement): HTMLButtonElement {
  made.addEventListener('mousedown', (event) => event.preventDefault());
  return made;
}
