import { button } from '../elements.ts';
import { type IconName, icon } from './icon.ts';

/** A button that shows a drawing and says its name to a screen reader and in a tooltip. */
export function iconButton(action: IconName, name: string, press: () => void): HTMLButtonElement {
  const made = button(action, '', press);
  made.classList.add('code-button');
  showIcon(made, action, name);
  return made;
}

export function showIcon(target: HTMLElement, drawing: IconName, name: string): void {
  target.replaceChildren(icon(drawing));
  target.ariaLabel = name;
  target.title = name;
}
