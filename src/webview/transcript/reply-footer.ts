import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import type { EndView, PanelAction } from '../../core/protocol/to-webview.ts';
import { createButton, createElement } from '../elements.ts';

const copiedMs = 1500;

/** How a reply ended, what can be done about it, and what it cost. */
export class ReplyFooter {
  readonly element: HTMLElement;
  /** How the reply ended, where that needs saying; stands before the footer. */
  readonly sentence = createElement('p', 'end-sentence');
  readonly #strings: PanelStrings;
  readonly #act: (action: PanelAction) => void;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(strings: PanelStrings, act: (action: PanelAction) => void) {
    this.#strings = strings;
    this.#act = act;
    this.element = createElement('footer', 'end');
    // Takes the focus from a button that goes away.
    this.element.tabIndex = -1;
    this.element.hidden = true;
    this.sentence.dir = 'auto';
    this.sentence.hidden = true;
  }

  show(end: EndView): void {
    this.sentence.textContent = end.sentence;
    this.sentence.hidden = end.sentence === null;
    const actions = createElement('div', 'actions');
    for (const [index, action] of end.actions.entries()) {
      const made = this.#createActionButton(action, this.#strings[action]);
      made.classList.toggle('secondary', index > 0 || end.outcome !== 'broken');
      actions.append(made);
    }
    this.element.replaceChildren(actions, this.#createReceipt(end));
    this.element.hidden = false;
  }

  /** The figures are known better than at the end. */
  updateReceipt(end: EndView): void {
    const shown = this.element.querySelector('[data-receipt]');
    shown?.replaceChildren(...this.#createReceipt(end).childNodes);
  }

  hide(): void {
    this.dispose();
    this.element.hidden = true;
    this.sentence.hidden = true;
    this.element.replaceChildren();
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #createReceipt(end: EndView): HTMLElement {
    const receipt = createElement('details', 'receipt');
    receipt.dataset['receipt'] = '';
    const summary = createElement('summary', 'receipt-summary', end.summary);
    summary.setAttribute('aria-label', `${this.#strings.receiptLabel}: ${end.summary}`);
    const rows = createElement('dl', 'receipt-rows');
    for (const { kind, label, value } of end.receipt) {
      const row = createElement('div', 'receipt-row');
      const shown = createElement('dd', '', value);
      if (kind === 'request-id') {
        const copy = this.#createActionButton('copy-request-id', this.#strings['copy-request-id']);
        copy.classList.add('link');
        shown.append(copy);
      }
      row.append(createElement('dt', '', label), shown);
      rows.append(row);
    }
    receipt.append(summary, rows);
    return receipt;
  }

  #createActionButton(action: PanelAction, label: string): HTMLButtonElement {
    const made = createButton(action, label, () => {
      this.#act(action);
      if (action === 'copy' || action === 'copy-request-id') this.#showCopied(made, label);
    });
    return made;
  }

  #showCopied(pressed: HTMLButtonElement, label: string): void {
    pressed.textContent = this.#strings.copied;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      pressed.textContent = label;
    }, copiedMs);
    this.#timers.add(timer);
  }
}
