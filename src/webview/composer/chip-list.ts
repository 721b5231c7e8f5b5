import { createButton, createElement } from '../elements.ts';

export interface ChipView {
  readonly id: string;
  readonly label: string;
  /** What its button says to a screen reader. */
  readonly removeLabel: string;
  /** Why it can't be sent, in a sentence; null where it can. */
  readonly fault: string | null;
}

/**
 * Chips, each with a button that removes it. Delete and Backspace on the button do the same. The
 * focus goes on to the next chip, so that several can be removed in a row.
 */
export class ChipList {
  readonly element: HTMLUListElement;
  readonly #action: string;
  readonly #onRemove: (id: string) => void;
  readonly #onEmpty: () => void;
  /** Where the focus goes once the removed chip is gone; null where the user removed none. */
  #focusIndex: number | null = null;

  /**
   * @param action of the buttons, for tests and styles
   * @param onEmpty called when the last chip that had the focus is gone
   */
  constructor(action: string, onRemove: (id: string) => void, onEmpty: () => void) {
    this.#action = action;
    this.#onRemove = onRemove;
    this.#onEmpty = onEmpty;
    this.element = document.createElement('ul');
    this.element.className = 'chips';
    this.element.hidden = true;
  }

  show(chips: readonly ChipView[]): void {
    const focused = this.#buttons.indexOf(document.activeElement ?? this.element);
    const { element } = this;
    element.hidden = chips.length === 0;
    element.replaceChildren(...chips.map((chip, index) => this.#createChip(chip, index)));
    const index = this.#focusIndex ?? focused;
    this.#focusIndex = null;
    if (index === -1) return;
    const next = this.#buttons[Math.min(index, chips.length - 1)];
    if (next instanceof HTMLElement) next.focus();
    else this.#onEmpty();
  }

  get #buttons(): readonly Element[] {
    return [...this.element.querySelectorAll('button')];
  }

  #createChip({ id, label, removeLabel, fault }: ChipView, index: number): HTMLElement {
    const remove = (): void => {
      this.#focusIndex = index;
      this.#onRemove(id);
    };
    const button = createButton(this.#action, '×', remove);
    button.setAttribute('aria-label', removeLabel);
    button.addEventListener('keydown', ({ key }) => {
      if (key === 'Delete' || key === 'Backspace') remove();
    });
    const chip = createElement('li', 'chip');
    const name = createElement('span', 'chip-label', label);
    chip.classList.toggle('faulty', fault !== null);
    chip.title = fault ?? label;
    chip.append(name, button);
    return chip;
  }
}
