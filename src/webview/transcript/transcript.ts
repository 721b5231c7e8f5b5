import type { MarkdownIt } from 'markdown-it';
import { Emitter } from '../../core/emitter.ts';
import { fill } from '../../core/l10n.ts';
import type { FromWebview } from '../../core/protocol/from-webview.ts';
import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import type { PanelAction, ToWebview, TurnView } from '../../core/protocol/to-webview.ts';
import type { CodeBlocks } from '../code/code-blocks.ts';
import { applyPalette } from '../code/colour-code.ts';
import { createParser } from '../markdown/parser.ts';
import type { PanelStateStore, ViewState } from '../panel-state.ts';
import { AskAboutSelectionButton, getSelectedReplyText } from '../reading/ask-about-selection.ts';
import { EndFollower, MoreBelowButton } from '../reading/follow-end.ts';
import {
  getOpenDetails,
  getReadingPosition,
  type ReadingPosition,
  restoreOpenDetails,
  scrollToReadingPosition,
} from '../reading/reading-position.ts';
import type { Announcer } from './announcer.ts';
import { DeferredReplies } from './deferred-replies.ts';
import { createEmptyState, createFirstUseNote } from './empty-state.ts';
import { captureFocus, restoreFocus, type TranscriptFocus } from './focus-keeper.ts';
import { ReplyView } from './reply-view.ts';
import { TurnGroups } from './turn-groups.ts';

/** After so many frames all that came into view is laid out. */
const settlingFrames = 5;

export interface TranscriptServices {
  readonly root: HTMLElement;
  readonly announcer: Announcer;
  readonly strings: PanelStrings;
  readonly memory: PanelStateStore;
  readonly codeBlocks: CodeBlocks;
  readonly send: (message: FromWebview) => void;
}

/** The panel's page: the turns, one below the other, each at the reader's own pace. */
export class Transcript {
  readonly #services: TranscriptServices;
  readonly #follow: EndFollower;
  readonly #moreBelow: MoreBelowButton;
  readonly #askAboutSelection: AskAboutSelectionButton;
  readonly #parser: MarkdownIt = createParser();
  readonly #changed = new Emitter<void>();
  readonly #views = new Map<string, ReplyView>();
  /** The replies whose edited questions the host is checking: none is sent twice. */
  readonly #checkedEdits = new Set<string>();
  readonly #turns: TurnGroups;
  readonly #deferredReplies: DeferredReplies;
  readonly #firstUseNote: HTMLElement | null;
  /** False until the host has told how things stand: what it told before belongs to an old page. */
  #hasState = false;

  constructor(services: TranscriptServices) {
    this.#services = services;
    const { root, strings, send } = services;
    this.#firstUseNote = createFirstUseNote(strings);
    this.#turns = new TurnGroups(root);
    this.#deferredReplies = new DeferredReplies(root);
    this.#follow = new EndFollower(root, () => this.streamingReplyId !== null);
    this.#moreBelow = new MoreBelowButton(strings.moreBelow, () => this.#jumpToEnd());
    this.#askAboutSelection = new AskAboutSelectionButton(strings.askAbout, (text) =>
      send({ type: 'quote', text }),
    );
    root.after(this.#askAboutSelection.element, this.#moreBelow.element);
    root.addEventListener('click', (event) => this.#openLink(event));
    // `toggle` doesn't bubble.
    root.addEventListener('toggle', () => this.#saveViewSoon(), { capture: true });
    document.addEventListener('scroll', () => this.#saveViewSoon(), { passive: true });
  }

  receive(message: ToWebview): void {
    if (message.type === 'state') this.#hasState = true;
    else if (!this.#hasState) return;
    this.#apply(message);
    this.#askAboutSelection.reposition();
    this.#services.announcer.receive(message);
    if (changesTurns(message)) this.#changed.fire();
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

  get isEmpty(): boolean {
    return this.#views.size === 0;
  }

  /** The id of the reply that streams; null where none does. */
  get streamingReplyId(): string | null {
    // Not looked for in the page: this is asked with every change, however long it is.
    for (const [replyId, view] of this.#views) if (view.isStreaming) return replyId;
    return null;
  }

  #apply(message: ToWebview): void {
    switch (message.type) {
      case 'state':
        this.#applyState(message.turns);
        this.#follow.isEnabled = message.follow;
        return;
      case 'turn':
        this.#services.root.querySelector('.empty')?.remove();
        this.#pinToTop(this.#add(message.turn));
        this.#saveViewSoon();
        return;
      case 'chips':
      case 'compose':
      case 'not-sent':
      case 'queue':
      case 'estimate':
      case 'model':
        return;
      case 'ask-result':
        this.#onEditResult(message.askId, message.accepted);
        return;
      case 'sources':
        this.#views.get(message.replyId)?.showSources(message.sources);
        return;
      case 'quote-selection':
        this.#services.send({ type: 'quote', text: getSelectedReplyText() });
        return;
      case 'follow':
        this.#follow.isEnabled = message.follow;
        return;
      case 'phase':
        this.#findView(message.replyId)?.setPhase(message.phase, message.timing, message.retrying);
        return;
      case 'delta':
        this.#findView(message.replyId)?.append(message.offset, message.text);
        return;
      case 'receipt':
        this.#views.get(message.replyId)?.updateReceipt(message.end);
        return;
      case 'thinking':
        this.#findView(message.replyId)?.appendThinking(message.offset, message.text);
        return;
      case 'end':
        this.#findView(message.replyId)?.end(message.length, message.timing, message.end);
        this.#follow.scrollToEndIfFollowing();
        return;
      case 'palette':
        applyPalette(message.palette);
        return;
    }
  }

  #findView(replyId: string): ReplyView | undefined {
    const view = this.#views.get(replyId);
    if (view === undefined) this.#services.send({ type: 'ready' });
    return view;
  }

  #applyState(turns: readonly TurnView[]): void {
    const focus = captureFocus(this.#services.root);
    const before = this.#views.size > 0 ? this.#captureView() : this.#services.memory.getView();
    for (const view of this.#views.values()) view.dispose();
    this.#views.clear();
    this.#deferredReplies.clear();
    this.#turns.clear();
    this.#moreBelow.setEndMarker(null);
    if (this.#firstUseNote !== null) this.#services.root.append(this.#firstUseNote);
    if (turns.length === 0) this.#services.root.append(createEmptyState(this.#services.strings));
    for (const turn of turns) this.#add(turn);
    restoreOpenDetails(this.#services.root, before?.open ?? []);
    const newestFirst = [...this.#views.values()].reverse();
    this.#deferredReplies.add(newestFirst);
    const [newest] = newestFirst;
    if (newest === undefined) return;
    const place = before?.newestReplyId === turns.at(-1)?.replyId ? before?.place : null;
    if (place === null || place === undefined) this.#pinToTop(newest);
    else {
      this.#views.get(place.replyId)?.layOut();
      this.#restorePosition(place);
    }
    this.#deferredReplies.layOut(this.#turns.visibleTurns);
    if (focus !== null) this.#restoreFocus(focus, turns);
  }

  #restoreFocus(focus: TranscriptFocus, turns: readonly TurnView[]): void {
    restoreFocus(this.#services.root, focus);
    const branch = turns[focus.index]?.branch;
    if (branch === undefined || focus.action?.startsWith('branch-') !== true) return;
    this.#services.announcer.announce(
      fill(this.#services.strings.branchOf, branch.number, branch.count),
    );
  }

  /** The top of the reply at the top of the view; the note that is shown once isn't pushed out. */
  #pinToTop(view: ReplyView): void {
    view.layOut();
    const top = this.#views.size === 1 ? (this.#firstUseNote ?? view.element) : view.element;
    this.#follow.pin(top);
  }

  #restorePosition(place: ReadingPosition): void {
    let frames = 0;
    const show = (): void => {
      scrollToReadingPosition(this.#services.root, place);
      // What comes into view there is laid out a frame later, and may be taller or shorter than it
      // was taken for.
      if (++frames < settlingFrames) requestAnimationFrame(show);
    };
    show();
  }

  #add(turn: TurnView): ReplyView {
    const { replyId } = turn;
    const view = new ReplyView(turn, this.#views.size + 1, this.#parser, this.#services.strings, {
      stop: () => this.#services.send({ type: 'stop', replyId }),
      retryNow: () => this.#services.send({ type: 'retry-now', replyId }),
      runAction: (action) => this.#runAction(action, replyId),
      requestResync: () => this.#services.send({ type: 'ready' }),
      edit: (text) => this.#sendEdit(replyId, text),
      saveEdit: (text) => this.#saveEdit(replyId, text),
      openSource: (index) => this.#services.send({ type: 'open-source', replyId, index }),
      switchBranch: (to) => this.#services.send({ type: 'branch', replyId, to }),
      createCodeBlock: (word) => this.#services.codeBlocks.create(replyId, word),
    });
    this.#views.set(replyId, view);
    const edit = this.#services.memory.edits.find((each) => each.replyId === replyId);
    if (edit !== undefined) view.restoreEdit(edit.text);
    this.#turns.add(view.element, view.estimatedHeight);
    this.#moreBelow.setEndMarker(view.endMarker);
    return view;
  }

  /** @param text null where the edit is over */
  #saveEdit(replyId: string, text: string | null, askId: string | null = null): void {
    const others = this.#services.memory.edits.filter((edit) => edit.replyId !== replyId);
    this.#services.memory.edits = text === null ? others : [...others, { replyId, text, askId }];
  }

  /** The text box stays until the host has accepted the question. */
  #sendEdit(replyId: string, text: string): void {
    if (this.#checkedEdits.has(replyId)) return;
    this.#checkedEdits.add(replyId);
    const askId = crypto.randomUUID();
    this.#saveEdit(replyId, text, askId);
    this.#services.send({ type: 'edit', askId, replyId, text });
  }

  #onEditResult(askId: string, accepted: boolean): void {
    const edit = this.#services.memory.edits.find((each) => each.askId === askId);
    if (edit === undefined) return;
    this.#checkedEdits.delete(edit.replyId);
    if (!accepted) return;
    this.#saveEdit(edit.replyId, null);
    this.#views.get(edit.replyId)?.closeEdit();
  }

  #runAction(action: PanelAction, replyId: string): void {
    this.#services.send({ type: 'act', action, replyId });
    if (action === 'copy' || action === 'copy-request-id')
      this.#services.announcer.announce(this.#services.strings.copied);
  }

  #jumpToEnd(): void {
    this.#follow.scrollToEnd();
    // The button goes away, and with it the focus.
    [...this.#views.values()].at(-1)?.focus();
  }

  #saveViewSoon(): void {
    if (this.#hasState) this.#services.memory.saveViewSoon(() => this.#captureView());
  }

  #captureView(): ViewState {
    return {
      newestReplyId: [...this.#views.keys()].at(-1) ?? null,
      place: getReadingPosition(this.#services.root),
      open: getOpenDetails(this.#services.root),
    };
  }

  #openLink(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null) return;
    // VS Code's own listener, further up, would open the link without asking.
    event.preventDefault();
    event.stopPropagation();
    this.#services.send({ type: 'open-link', href: link.href });
  }
}

/** Whether questions or replies begin or end with it: what comes with every delta doesn't. */
function changesTurns({ type }: ToWebview): boolean {
  return type === 'state' || type === 'turn' || type === 'phase' || type === 'end';
}
