import type { MarkdownIt } from 'markdown-it';
import type { EndView, PanelAction, PanelStrings, TurnView } from '../core/protocol.ts';
import { MarkdownView } from './markdown/markdown-view.ts';

export interface ReplyActions {
  stop(): void;
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
  readonly #status: HTMLElement;
  readonly #statusText: HTMLElement;
  readonly #footer: HTMLElement;
  readonly #markdown: MarkdownView;
  readonly #cursor: HTMLElement;
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
    this.#cursor = make('span', 'cursor');
    this.#cursor.setAttribute('aria-hidden', 'true');
    this.#markdown = new MarkdownView(this.#text, parser);

    this.#status = make('div', 'status');
    this.#statusText = make('span', 'status-text');
    const stop = button('stop', strings.stop, () => actions.stop());
    stop.classList.add('secondary');
    this.#status.append(this.#statusText, stop);

    this.#footer = make('footer', 'end');
    this.#footer.hidden = true;
    this.element.append(header, this.#text, this.#status, this.#footer);

    this.setPhase(turn.phase);
    if (turn.text !== '') this.#show(turn.text);
    this.#length = turn.text.length;
    if (turn.end !== null) this.#end(turn.end);
  }

  setPhase(phase: TurnView['phase']): void {
    if (phase === 'ended') return;
    this.#statusText.textContent = this.#strings[phase];
    this.#status.dataset['phase'] = phase;
  }

  /** @param offset where the host says that the text belongs, in UTF-16 code units */
  append(offset: number, text: string): void {
    if (offset !== this.#length) {
      this.#actions.lostCount();
      return;
    }
    this.#length += text.length;
    this.#pending += text;
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
    this.#cursor.remove();
    this.#markdown.append(text);
    deepestLast(this.#text).append(this.#cursor);
  }

  #end(end: EndView): void {
    this.#cursor.remove();
    this.#markdown.finish();
    this.#status.remove();
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

/** The innermost last element that holds running text: where a writing hand would be. */
function deepestLast(root: HTMLElement): HTMLElement {
  let at = root;
  while (at.lastElementChild instanceof HTMLElement && at.lastElementChild.tagName !== 'BR') {
    const last = at.lastChild;
    // Text after the last element: the hand is here, not in that element.
    if (last instanceof Text && last.data.trim() !== '') break;
    at = at.lastElementChild;
  }
  return at;
}

function make(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  if (text !== '') made.textContent = text;
  return made;
}

function button(action: string, label: string, press: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.dataset['action'] = action;
  made.textContent = label;
  made.addEventListener('click', press);
  return made;
}
