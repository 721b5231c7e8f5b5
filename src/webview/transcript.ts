import type { MarkdownIt } from 'markdown-it';
import { Emitter } from '../core/emitter.ts';
import type {
  FromWebview,
  PanelAction,
  PanelStrings,
  ToWebview,
  TurnView,
} from '../core/protocol.ts';
import type { Announcer } from './announcer.ts';
import type { CodeBlocks } from './code/code-blocks.ts';
import { showPalette } from './code/show-palette.ts';
import { emptyState, firstUseNote } from './first-use.ts';
import { createParser } from './markdown/parser.ts';
import { openAgain, openDetails } from './open-details.ts';
import type { PanelMemory, ViewMemory } from './panel-memory.ts';
import { AskAboutSelection } from './reading/ask-about-selection.ts';
import { FollowEnd } from './reading/follow-end.ts';
import { LateReplies } from './reading/late-replies.ts';
import { MoreBelow } from './reading/more-below.ts';
import { type ReadingPlace, readPlace, showPlace } from './reading/reading-place.ts';
import { selectedInReply } from './reading/selected-in-reply.ts';
import { TurnBundles } from './reading/turn-bundles.ts';
import { ReplyView } from './reply-view.ts';

/** After so many frames all that came into view is laid out. */
const settlingFrames = 5;

export interface TranscriptParts {
  readonly root: HTMLElement;
  readonly announcer: Announcer;
  readonly strings: PanelStrings;
  readonly memory: PanelMemory;
  readonly codeBlocks: CodeBlocks;
  readonly send: (message: FromWebview) => void;
}

/** The panel's page: the turns, one below the other, each at the reader's own pace. */
export class Transcript {
  readonly #root: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #memory: PanelMemory;
  readonly #codeBlocks: CodeBlocks;
  readonly #send: (message: FromWebview) => void;
  readonly #announcer: Announcer;
  readonly #follow: FollowEnd;
  readonly #moreBelow: MoreBelow;
  readonly #askAbout: AskAboutSelection;
  readonly #parser: MarkdownIt = createParser();
  readonly #changed = new Emitter<void>();
  readonly #views = new Map<string, ReplyView>();
  readonly #turns: TurnBundles;
  readonly #late: LateReplies;
  readonly #note: HTMLElement | null;
  /** False until the host has told how things stand: what it told before belongs to an old page. */
  #hasState = false;

  constructor({ root, announcer, strings, memory, codeBlocks, send }: TranscriptParts) {
    this.#root = root;
    this.#strings = strings;
    this.#note = firstUseNote(strings);
    this.#memory = memory;
    this.#codeBlocks = codeBlocks;
    this.#send = send;
    this.#announcer = announcer;
    this.#turns = new TurnBundles(root);
    this.#late = new LateReplies(root);
    this.#follow = new FollowEnd(root, () => this.streaming !== null);
    this.#moreBelow = new MoreBelow(strings.moreBelow, () => this.#jumpToEnd());
    this.#askAbout = new AskAboutSelection(strings.askAbout, (text) =>
      send({ type: 'quote', text }),
    );
    root.after(this.#askAbout.element, this.#moreBelow.element);
    root.addEventListener('click', (event) => this.#openLink(event));
    // `toggle` doesn't bubble.
    root.addEventListener('toggle', () => this.#remember(), { capture: true });
    document.addEventListener('scroll', () => this.#remember(), { passive: true });
  }

  receive(message: ToWebview): void {
    if (message.type === 'state') this.#hasState = true;
    else if (!this.#hasState) return;
    this.#show(message);
    this.#askAbout.follow();
    this.#announcer.receive(message);
    if (message.type !== 'delta') this.#changed.fire();
  }

  /** What the composer covers of the view's foot, in CSS pixels. */
  set composerHeight(height: number) {
    document.documentElement.style.setProperty('--composer-height', `${height}px`);
    this.#moreBelow.composerHeight = height;
  }

  readonly onDidChange = this.#changed.event;

  /** The questions in view, oldest first; built-in ones have no words of the user's. */
  get prompts(): readonly string[] {
    return [...this.#views.values()]
      .map(({ promptText }) => promptText)
      .filter((text) => text !== '');
  }

  /** The id of the reply that streams; null where none does. */
  get streaming(): string | null {
    // Not looked for in the page: this is asked with every change, however long it is.
    for (const [replyId, view] of this.#views) if (view.isStreaming) return replyId;
    return null;
  }

  #show(message: ToWebview): void {
    switch (message.type) {
      case 'state':
        this.#showAll(message.turns);
        this.#follow.isWished = message.follow;
        return;
      case 'turn':
        this.#root.querySelector('.empty')?.remove();
        this.#pin(this.#add(message.turn));
        this.#remember();
        return;
      case 'chips':
      case 'compose':
      case 'not-sent':
      case 'estimate':
      case 'model':
        return;
      case 'sources':
        this.#views.get(message.replyId)?.showSources(message.sources);
        return;
      case 'quote-selection':
        this.#send({ type: 'quote', text: selectedInReply() });
        return;
      case 'follow':
        this.#follow.isWished = message.follow;
        return;
      case 'phase':
        this.#view(message.replyId)?.setPhase(message.phase, message.timing, message.retrying);
        return;
      case 'delta':
        this.#view(message.replyId)?.append(message.offset, message.text);
        return;
      case 'receipt':
        this.#views.get(message.replyId)?.setReceipt(message.end);
        return;
      case 'thinking':
        this.#view(message.replyId)?.appendThinking(message.offset, message.text);
        return;
      case 'end':
        this.#view(message.replyId)?.end(message.length, message.timing, message.end);
        this.#follow.keepUpOnce();
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
    const before = this.#views.size > 0 ? this.#memorable() : this.#memory.recall();
    for (const view of this.#views.values()) view.dispose();
    this.#views.clear();
    this.#late.clear();
    this.#turns.clear();
    this.#moreBelow.watch(null);
    if (this.#note !== null) this.#root.append(this.#note);
    if (turns.length === 0) this.#root.append(emptyState(this.#strings));
    for (const turn of turns) this.#add(turn);
    openAgain(this.#root, before?.open ?? []);
    const newestFirst = [...this.#views.values()].reverse();
    this.#late.add(newestFirst);
    const [newest] = newestFirst;
    if (newest === undefined) return;
    const place = before?.newestReplyId === turns.at(-1)?.replyId ? before?.place : null;
    if (place === null || place === undefined) this.#pin(newest);
    else {
      this.#views.get(place.replyId)?.layOut();
      this.#goBackTo(place);
    }
    this.#late.layOut(this.#turns.inView);
  }

  /** The top of the reply at the top of the view; the note that is shown once isn't pushed out. */
  #pin(view: ReplyView): void {
    view.layOut();
    const top = this.#views.size === 1 ? (this.#note ?? view.element) : view.element;
    this.#follow.pin(top);
  }

  #goBackTo(place: ReadingPlace): void {
    let frames = 0;
    const show = (): void => {
      showPlace(this.#root, place);
      // What comes into view there is laid out a frame later, and may be taller or shorter than it
      // was taken for.
      if (++frames < settlingFrames) requestAnimationFrame(show);
    };
    show();
  }

  #add(turn: TurnView): ReplyView {
    const { replyId } = turn;
    const view = new ReplyView(turn, this.#views.size + 1, this.#parser, this.#strings, {
      stop: () => this.#send({ type: 'stop', replyId }),
      retryNow: () => this.#send({ type: 'retry-now', replyId }),
      act: (action) => this.#act(action, replyId),
      lostCount: () => this.#send({ type: 'ready' }),
      edit: (text) => this.#send({ type: 'edit', replyId, text }),
      openSource: (index) => this.#send({ type: 'open-source', replyId, index }),
      switchBranch: (to) => this.#send({ type: 'branch', replyId, to }),
      createCodeBlock: (word) => this.#codeBlocks.make(replyId, word),
    });
    this.#views.set(replyId, view);
    this.#turns.add(view.element, view.likelyHeight);
    this.#moreBelow.watch(view.endMarker);
    return view;
  }

  #act(action: PanelAction, replyId: string): void {
    this.#send({ type: 'act', action, replyId });
    if (action === 'copy' || action === 'copy-request-id')
      this.#announcer.say(this.#strings.copied);
  }

  #jumpToEnd(): void {
    this.#follow.goToEnd();
    // The button goes away, and with it the focus.
    [...this.#views.values()].at(-1)?.focus();
  }

  #remember(): void {
    if (this.#hasState) this.#memory.keepSoon(() => this.#memorable());
  }

  #memorable(): ViewMemory {
    return {
      newestReplyId: [...this.#views.keys()].at(-1) ?? null,
      place: readPlace(this.#root),
      open: openDetails(this.#root),
    };
  }

  #openLink(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null) return;
    // VS Code's own listener, further up, would open the link without asking.
    event.preventDefault();
    event.stopPropagation();
    this.#send({ type: 'open-link', href: link.href });
  }
}
