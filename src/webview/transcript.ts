import type { MarkdownIt } from 'markdown-it';
import type { FromWebview, PanelStrings, ToWebview, TurnView } from '../core/protocol.ts';
import type { CodeBlocks } from './code/code-blocks.ts';
import { showPalette } from './code/show-palette.ts';
import { createParser } from './markdown/parser.ts';
import { ReplyView } from './reply-view.ts';

/** The panel's page: the turns, one below the other, each at the reader's own pace. */
export class Transcript {
  readonly #root: HTMLElement;
  readonly #announcer: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #codeBlocks: CodeBlocks;
  readonly #send: (message: FromWebview) => void;
  readonly #parser: MarkdownIt = createParser();
  readonly #views = new Map<string, ReplyView>();

  constructor(
    root: HTMLElement,
    announcer: HTMLElement,
    strings: PanelStrings,
    codeBlocks: CodeBlocks,
    send: (message: FromWebview) => void,
  ) {
    this.#root = root;
    this.#announcer = announcer;
    this.#strings = strings;
    this.#codeBlocks = codeBlocks;
    this.#send = send;
    root.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link === null) return;
      // VS Code's own listener, further up, would open the link without asking.
      event.preventDefault();
      event.stopPropagation();
      send({ type: 'open-link', href: link.href });
    });
  }

  receive(message: ToWebview): void {
    switch (message.type) {
      case 'state':
        this.#showAll(message.turns);
        return;
      case 'turn':
        this.#root.querySelector('.empty')?.remove();
        this.#add(message.turn).element.scrollIntoView({ block: 'start' });
        this.#announcer.textContent = this.#strings.started;
        return;
      case 'phase':
        this.#views.get(message.replyId)?.setPhase(message.phase, message.retrying);
        return;
      case 'delta':
        this.#view(message.replyId)?.append(message.offset, message.text);
        return;
      case 'end':
        this.#view(message.replyId)?.end(message.length, message.end);
        this.#announcer.textContent = message.end.sentence ?? this.#strings.finished;
        return;
      case 'palette':
        showPalette(message.palette);
        return;
    }
  }

  #view(replyId: string): ReplyView | undefined {
    const view = this.#views.get(replyId);
    if (view === undefined) this.#send({ type: 'ready' });
    return view;
  }

  #showAll(turns: readonly TurnView[]): void {
    for (const view of this.#views.values()) view.dispose();
    this.#views.clear();
    this.#root.replaceChildren();
    if (turns.length === 0) this.#root.append(this.#emptyState());
    for (const turn of turns) this.#add(turn);
    this.#root.lastElementChild?.scrollIntoView({ block: 'start' });
  }

  #add(turn: TurnView): ReplyView {
    const { replyId } = turn;
    const view = new ReplyView(turn, this.#parser, this.#strings, {
      stop: () => this.#send({ type: 'stop', replyId }),
      retryNow: () => this.#send({ type: 'retry-now', replyId }),
      act: (action) => this.#send({ type: 'act', action, replyId }),
      lostCount: () => this.#send({ type: 'ready' }),
      makeCodeBlock: (word) => this.#codeBlocks.make(replyId, word),
    });
    this.#views.set(replyId, view);
    this.#root.append(view.element);
    return view;
  }

  #emptyState(): HTMLElement {
    const empty = document.createElement('div');
    empty.className = 'empty';
    const title = document.createElement('h2');
    title.textContent = this.#strings.emptyTitle;
    const text = document.createElement('p');
    text.textContent = this.#strings.emptyText;
    empty.append(title, text);
    return empty;
  }
}
