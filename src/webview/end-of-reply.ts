import type { EndView, PanelAction, PanelStrings } from '../core/protocol.ts';
import { button, make } from './elements.ts';

const copiedMs = 1500;

/** How a reply ended, what can be done about it, and what it cost. */
export class EndOfReply {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #act: (action: PanelAction) => void;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(strings: PanelStrings, act: (action: PanelAction) => void) {
    this.#strings = strings;
    this.#act = act;
    this.element = make('footer', 'end');
    // Takes the focus from a button that goes away.
    this.element.tabIndex = -1;
    this.element.hidden = true;
  }

  show(end: EndView): void {
    const parts: HTMLElement[] = [];
    if (end.sentence !== null) {
      const sentence = make('p', 'end-sentence', end.sentence);
      sentence.dir = 'auto';
      parts.push(sentence);
    }
    const actions = make('div', 'actions');
    for (const [index, action] of end.actions.entries()) {
      const made = this.#button(action, this.#strings[action]);
      made.classList.toggle('secondary', index > 0 || end.outcome !== 'broken');
      actions.append(made);
    }
    this.element.replaceChildren(...parts, actions, this.#receipt(end));
    this.element.hidden = false;
  }

  /** The figures are known better than at the end. */
  setReceipt(end: EndView): void {
    const shown = this.element.querySelector('[data-receipt]');
    shown?.replaceChildren(...this.#receipt(end).childNodes);
  }

  hide(): void {
    this.dispose();
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #receipt(end: EndView): HTMLElement {
    const receipt = make('details', 'receipt');
    receipt.dataset['receipt'] = '';
    const summary = make('summary', 'receipt-summary', end.summary);
    summary.setAttribute('aria-label', `${this.#strings.receiptLabel}: ${end.summary}`);
    const rows = make('dl', 'receipt-rows');
    for (const { kind, label, value } of end.receipt) {
      const row = make('div', 'receipt-row');
      const shown = make('dd', '', value);
      if (kind === 'request-id') {
        const copy = this.#button('copy-request-id', this.#strings['copy-request-id']);
        copy.classList.add('link');
        shown.append(copy);
      }
      row.append(make('dt', '', label), shown);
      rows.append(row);
    }
    receipt.append(summary, rows);
    return receipt;
  }

  #button(action: PanelAction, label: string): HTMLButtonElement {
    const made = button(action, label, () => {
      this.#act(action);
      if (action === 'copy' || action === 'copy-request-id') this.#sayCopied(made, label);
    });
    return made;
  }

  #sayCopied(pressed: HTMLButtonElement, label: string): void {
    pressed.textContent = this.#strings.copied;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      pressed.textContent = label;
    }, copiedMs);
    this.#timers.add(timer);
  }
}
