import type { MarkdownIt } from 'markdown-it';
import type { EndView, PanelAction, PanelStrings, Retrying, TurnView } from '../core/protocol.ts';
import { button, make } from './elements.ts';
import { MarkdownView } from './markdown/markdown-view.ts';
import { StatusLine } from './status-line.ts';

export interface ReplyActions {
  stop(): void;
  retryNow(): void;
  act(action: PanelAction): void;
  /** The text here and the host's text differ: ask for the whole. */
  lostCount(): void;
}

/** One turn on the page: the question, the growing answer, how it ended and what it cost. */
export class ReplyView {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #actions: ReplyActions;
  readonly #text: HTMLElement;
  readonly #status: StatusLine;
  readonly #footer: HTMLElement;
  readonly #markdown: MarkdownView;
  #length = 0;
  #pending = '';
  #frame: number | undefined;

  constructor(turn: TurnView, parser: MarkdownIt, strings: PanelStrings, actions: ReplyActions) {
    this.#strings = strings;
    this.#actions = actions;
    this.element = make('article', 'turn');
    this.element.dataset['reply'] = turn.replyId;
    this.element.dataset['outcome'] = 'streaming';

    const header = make('header', 'question');
    const title = make('h2', 'question-title', turn.title);
    header.append(title);
    if (turn.promptText !== '') header.append(make('p', 'question-text', turn.promptText));
    if (turn.sources.length > 0) {
      const sources = make('ul', 'sources');
      for (const source of turn.sources) sources.append(make('li', 'source', source));
      header.append(sources);
    }

    this.#text = make('div', 'reply-text');
    this.#text.dataset['replyText'] = '';
    this.#text.setAttribute('role', 'region');
    this.#text.setAttribute('aria-label', strings.replyLabel);
    this.#markdown = new MarkdownView(this.#text, parser);

    this.#status = new StatusLine(strings, actions);
    this.#footer = make('footer', 'end');
    this.#footer.hidden = true;
    this.element.append(header, this.#text, this.#status.element, this.#footer);

    this.setPhase(turn.phase, turn.retrying);
    if (turn.text !== '') this.#show(turn.text);
    this.#length = turn.text.length;
    if (turn.end !== null) this.#end(turn.end);
  }

  setPhase(phase: TurnView['phase'], retrying: Retrying | null): void {
    if (phase === 'ended') return;
    // A reply that had ended goes on.
    if (this.element.dataset['outcome'] !== 'streaming') {
      this.element.dataset['outcome'] = 'streaming';
      delete this.element.dataset['failure'];
      this.#footer.hidden = true;
      this.#footer.replaceChildren();
      this.#footer.before(this.#status.element);
    }
    this.#status.show(phase, retrying);
  }

  /** @param offset where the host says that the text belongs, in UTF-16 code units */
  append(offset: number, text: string): void {
    if (offset !== this.#length) {
      this.#actions.lostCount();
      return;
    }
    this.#length += text.length;
    this.#pending += text;
    this.#status.sawText();
    this.#frame ??= requestAnimationFrame(() => this.#flush());
  }

  end(length: number, end: EndView): void {
    if (length !== this.#length) {
      this.#actions.lostCount();
      return;
    }
    this.#flush();
    this.#end(end);
  }

  dispose(): void {
    this.#status.dispose();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
  }

  #flush(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    const text = this.#pending;
    this.#pending = '';
    if (text !== '') this.#show(text);
  }

  #show(text: string): void {
    this.#markdown.append(text);
  }

  #end(end: EndView): void {
    this.#markdown.finish();
    this.#status.dispose();
    this.#status.element.remove();
    this.element.dataset['outcome'] = end.outcome;
    if (end.failure !== null) this.element.dataset['failure'] = end.failure;

    this.#footer.hidden = false;
    if (end.sentence !== null) this.#footer.append(make('p', 'end-sentence', end.sentence));
    const actions = make('div', 'actions');
    for (const action of end.actions) {
      const made = button(action, this.#strings[action], () => this.#act(action, made));
      actions.append(made);
    }
    actions.firstElementChild?.classList.toggle('secondary', end.outcome !== 'broken');
    for (const other of [...actions.children].slice(1)) other.classList.add('secondary');
    this.#footer.append(actions, this.#receipt(end));
  }

  #act(action: PanelAction, pressed: HTMLButtonElement): void {
    this.#actions.act(action);
    if (action !== 'copy') return;
    pressed.textContent = this.#strings.copied;
    setTimeout(() => {
      pressed.textContent = this.#strings.copy;
    }, 1500);
  }

  #receipt(end: EndView): HTMLElement {
    const receipt = make('details', 'receipt');
    receipt.dataset['receipt'] = '';
    const summary = make('summary', 'receipt-summary', end.summary);
    summary.setAttribute('aria-label', `${this.#strings.receiptLabel}: ${end.summary}`);
    const rows = make('dl', 'receipt-rows');
    for (const { label, value } of end.receipt) {
      const row = make('div', 'receipt-row');
      row.append(make('dt', '', label), make('dd', '', value));
      rows.append(row);
    }
    receipt.append(summary, rows);
    return receipt;
  }
}
