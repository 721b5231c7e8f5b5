import { fill } from '../../core/l10n.ts';
import type { FromWebview, ModelMessage, PanelStrings } from '../../core/protocol.ts';
import { button, make } from '../elements.ts';

/**
 * Which model the next question goes to, and with what effort: each a button that chooses another.
 */
export class ChosenModel {
  readonly element = make('div', 'chosen-model');
  readonly #strings: PanelStrings;
  readonly #model: HTMLButtonElement;
  readonly #effort: HTMLButtonElement;

  constructor(strings: PanelStrings, send: (message: FromWebview) => void) {
    this.#strings = strings;
    const choose = (what: 'model' | 'effort') => {
      const made = button(`composer-${what}`, '', () => send({ type: 'choose', what }));
      made.classList.add('link');
      made.hidden = true;
      return made;
    };
    this.#model = choose('model');
    this.#effort = choose('effort');
    this.element.append(this.#model, this.#effort);
  }

  show({ model, effort }: ModelMessage): void {
    tell(this.#model, model, this.#strings.chooseModel);
    tell(this.#effort, effort, this.#strings.chooseEffort);
  }
}

/** @param label `{0}` is what is chosen now: what is seen is a part of what is heard */
function tell(shown: HTMLButtonElement, words: string | null, label: string): void {
  shown.hidden = words === null;
  if (words === null) return;
  shown.textContent = words;
  const heard = fill(label, words);
  shown.setAttribute('aria-label', heard);
  shown.title = heard;
}
