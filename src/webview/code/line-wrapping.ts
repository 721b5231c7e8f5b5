import { iconButton } from './icon-button.ts';

export interface RememberedWrapping {
  wrapsCode: boolean;
}

/** Whether long lines of code are wrapped: one answer for the whole page, which remembers it. */
export class LineWrapping {
  readonly #root: HTMLElement;
  readonly #label: string;
  readonly #remembered: RememberedWrapping;

  constructor(root: HTMLElement, label: string, remembered: RememberedWrapping) {
    this.#root = root;
    this.#label = label;
    this.#remembered = remembered;
    this.#apply();
  }

  makeButton(): HTMLElement {
    const made = iconButton('wrap', this.#label, () => this.#toggle(made));
    made.ariaPressed = String(this.#remembered.wrapsCode);
    return made;
  }

  /** The pressed button stays where it is on the screen, however the blocks above it change. */
  #toggle(pressed: HTMLElement): void {
    const before = pressed.getBoundingClientRect().top;
    this.#remembered.wrapsCode = !this.#remembered.wrapsCode;
    this.#apply();
    window.scrollBy({ top: pressed.getBoundingClientRect().top - before, behavior: 'instant' });
  }

  #apply(): void {
    const wraps = this.#remembered.wrapsCode;
    this.#root.classList.toggle('wraps-code', wraps);
    for (const made of this.#root.querySelectorAll('[data-action="wrap"]')) {
      made.ariaPressed = String(wraps);
    }
  }
}
