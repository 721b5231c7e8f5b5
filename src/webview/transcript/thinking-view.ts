import { formatSeconds } from '../../core/format-figures.ts';
import { fill } from '../../core/l10n.ts';
import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import type { Timing } from '../../core/protocol/to-webview.ts';
import { createElement } from '../elements.ts';

/**
 * What the model thought, folded: for how long, and its summary as plain text where there is one.
 */
export class ThinkingView {
  readonly element: HTMLDetailsElement;
  readonly #strings: PanelStrings;
  readonly #label: HTMLElement;
  readonly #text: HTMLElement;
  readonly #textNode = document.createTextNode('');
  #length = 0;
  /** When it would have begun without pauses; null while the model doesn't think. */
  #thinkingSince: number | null = null;

  constructor(strings: PanelStrings) {
    this.#strings = strings;
    this.element = document.createElement('details');
    this.element.className = 'thinking';
    this.element.dataset['thinking'] = '';
    this.#label = createElement('summary', 'thinking-label');
    this.#text = createElement('div', 'thinking-text', strings.thinkingNotShown);
    this.#text.dir = 'auto';
    this.element.append(this.#label, this.#text);
  }

  /** Its summary's length so far, in UTF-16 code units. */
  get length(): number {
    return this.#length;
  }

  append(text: string): void {
    if (text === '') return;
    if (this.#length === 0) {
      this.#text.replaceChildren(this.#textNode);
      this.#text.dataset['thinkingText'] = '';
    }
    this.#length += text.length;
    this.#textNode.appendData(text);
  }

  /** @param isThinking whether the clock runs on */
  show({ thoughtMs }: Timing, isThinking: boolean): void {
    this.#thinkingSince = isThinking ? performance.now() - (thoughtMs ?? 0) : null;
    if (isThinking) this.tick();
    else {
      const thought = formatSeconds(Math.max(1000, thoughtMs ?? 0));
      this.#label.textContent = fill(this.#strings.thoughtFor, thought);
    }
  }

  tick(): void {
    if (this.#thinkingSince === null) return;
    const thought = performance.now() - this.#thinkingSince;
    const { thinking } = this.#strings;
    const label = thought < 1000 ? thinking : `${thinking} ${formatSeconds(thought)}`;
    if (this.#label.textContent !== label) this.#label.textContent = label;
  }
}
