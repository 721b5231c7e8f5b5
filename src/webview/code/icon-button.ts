import { button } from '../elements.ts';

/** The drawings of `code.css`. */
export type IconName = 'copy' | 'copied' | 'insert' | 'replace' | 'new-file' | 'explain' | 'wrap';

/**
 * A button that shows a drawing and says its name to a screen reader and in a tooltip. The style
 * sheet draws it: Chromium visits every `<svg>` of a page in every frame.
 */
export function iconButton(action: IconName, name: string, press: () => void): HTMLButtonElement {
  const made = button(action, '', press);
  made.classList.add('code-button');
  showIcon(made, action, name);
  return made;
}

export function showIcon(target: HTMLElement, drawing: IconName, name: string): void {
  target.dataset['icon'] = drawing;
  target.ariaLabel = name;
  target.title = name;
}
