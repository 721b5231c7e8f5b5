import { joinSubscriptions, type Subscription } from '../emitter.ts';
import type { L10n } from '../l10n.ts';
import type { ToWebview, TurnView } from '../protocol/to-webview.ts';
import type { Conversation, Turn, TurnChange } from './conversation.ts';
import type { ReplyPhase } from './reply.ts';
import { toEndView, toRetrying, toTiming, toTurnView } from './turn-view.ts';

/** About one frame, and at most 60 a second: text that arrives within it crosses together. */
const frameMs = 17;

/** Text that has not crossed yet. */
interface Pending {
  readonly type: 'delta' | 'thinking';
  readonly offset: number;
  text: string;
}

/**
 * Tells a webview what changes in a conversation, in new text alone. Silent until the webview says
 * that it is there; then it gets the whole state once.
 */
export class PanelFeed {
  readonly #conversation: Conversation;
  readonly #now: () => number;
  readonly #l10n: L10n;
  readonly #post: (message: ToWebview) => void;
  readonly #subscriptions: Subscription;
  readonly #pending = new Map<Turn, Pending>();
  /** What the webview shows for each running reply; said again only when it changes. */
  readonly #sentPhase = new Map<Turn, ReplyPhase>();
  /** What goes on in other branches isn't told. */
  readonly #inView = new Set<Turn>();
  readonly #sentThinking = new Map<Turn, number>();
  #follow: boolean;
  #connected = false;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param now the clock that the conversation uses
   * @param follow whether the view keeps to the end of a growing reply
   */
  constructor(
    conversation: Conversation,
    now: () => number,
    l10n: L10n,
    post: (message: ToWebview) => void,
    follow = false,
  ) {
    this.#follow = follow;
    this.#conversation = conversation;
    this.#now = now;
    this.#l10n = l10n;
    this.#post = post;
    this.#subscriptions = joinSubscriptions(
      conversation.onDidAdd((turn) => {
        // One that begins a branch is told with all of that branch.
        const isNext = this.#conversation.turnsBefore(turn).length === this.#inView.size;
        if (!this.#connected || !isNext) return;
        this.#markSent(turn);
        this.#post({ type: 'turn', turn: this.#toView(turn) });
      }),
      conversation.onDidSwitch(() => {
        if (this.#connected) this.connect();
      }),
      conversation.onDidChange((change) => {
        if (this.#connected && this.#inView.has(change.turn)) this.#handleChange(change);
      }),
    );
  }

  /** The webview is there, or has lost count. */
  connect(): void {
    this.#dropPending();
    this.#connected = true;
    const turns = this.#conversation.branch;
    this.#inView.clear();
    for (const turn of turns) this.#markSent(turn);
    this.#post({
      type: 'state',
      turns: turns.map((turn) => this.#toView(turn)),
      follow: this.#follow,
    });
  }

  /** The setting has changed. */
  set follow(follow: boolean) {
    if (follow === this.#follow) return;
    this.#follow = follow;
    if (this.#connected) this.#post({ type: 'follow', follow });
  }

  /** The webview is hidden: its page is gone until it says that it is there again. */
  disconnect(): void {
    this.#dropPending();
    this.#connected = false;
  }

  dispose(): void {
    this.#dropPending();
    this.#subscriptions.dispose();
  }

  #handleChange({ turn, event }: TurnChange): void {
    const { id: replyId, phase, text, thinking } = turn.reply;
    if (phase !== 'ended' && this.#sentPhase.get(turn) !== phase) {
      this.#sentPhase.set(turn, phase);
      this.#flush();
      this.#post({
        type: 'phase',
        replyId,
        phase,
        timing: toTiming(turn.reply, this.#now()),
        retrying: toRetrying(turn.reply, this.#now(), this.#l10n),
      });
    }
    switch (event.type) {
      case 'text':
        this.#add(turn, 'delta', text.length - event.text.length, event.text);
        return;
      case 'thinking': {
        // Not the event's text alone: the reply parts one thought from the next.
        const sent = this.#sentThinking.get(turn) ?? 0;
        this.#sentThinking.set(turn, thinking.length);
        if (thinking.length > sent) this.#add(turn, 'thinking', sent, thinking.slice(sent));
        return;
      }
      case 'outcome': {
        this.#flush();
        this.#sentPhase.delete(turn);
        const end = toEndView(turn.reply, this.#l10n);
        if (end !== null) {
          const { length } = text;
          this.#post({
            type: 'end',
            replyId,
            length,
            timing: toTiming(turn.reply, this.#now()),
            end,
          });
        }
        return;
      }
      case 'counted': {
        const end = toEndView(turn.reply, this.#l10n);
        if (end !== null) this.#post({ type: 'receipt', replyId, end });
        return;
      }
      case 'continued':
      case 'connecting':
      case 'connected':
      case 'retrying':
      case 'model':
      case 'usage':
      case 'stop-reason':
      case 'thought':
      case 'tool-call':
        return;
    }
  }

  #toView(turn: Turn): TurnView {
    const alternatives = this.#conversation.alternatives(turn);
    return toTurnView(turn, alternatives, this.#now(), this.#l10n);
  }

  #add(turn: Turn, type: Pending['type'], offset: number, text: string): void {
    const pending = this.#pending.get(turn);
    if (pending !== undefined) {
      // Of the same type: a change of phase stands between text and thinking, and flushes.
      pending.text += text;
      return;
    }
    this.#pending.set(turn, { type, offset, text });
    this.#flushSoon();
  }

  /** From now on the webview has the turn as it is. */
  #markSent(turn: Turn): void {
    this.#inView.add(turn);
    this.#sentPhase.set(turn, turn.reply.phase);
    this.#sentThinking.set(turn, turn.reply.thinking.length);
  }

  /** Text after a pause crosses at once; while it streams, once a frame. */
  #flushSoon(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#flushedAt + frameMs - this.#now();
    if (wait <= 0) this.#flush();
    else this.#timer = setTimeout(() => this.#flush(), wait);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushedAt = this.#now();
    for (const [turn, { type, offset, text }] of this.#pending) {
      this.#post({ type, replyId: turn.reply.id, offset, text });
    }
    this.#pending.clear();
  }

  #dropPending(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending.clear();
  }
}
