import type { Conversation, TurnChange } from '../conversation/conversation.ts';
import type { ReplyPhase } from '../conversation/reply.ts';
import type { Turn } from '../conversation/turn.ts';
import type { Subscription } from '../emitter.ts';
import type { L10n } from '../l10n.ts';
import type { ToWebview } from '../protocol.ts';
import { endView, retrying, turnView } from './turn-view.ts';

/** About one frame: text that arrives within it crosses to the webview together. */
const frameMs = 16;

interface Pending {
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
  readonly #subscriptions: readonly Subscription[];
  readonly #pending = new Map<Turn, Pending>();
  /** What the webview shows for each running reply; said again only when it changes. */
  readonly #shownPhase = new Map<Turn, ReplyPhase>();
  #connected = false;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param now the clock that the conversation uses */
  constructor(
    conversation: Conversation,
    now: () => number,
    l10n: L10n,
    post: (message: ToWebview) => void,
  ) {
    this.#conversation = conversation;
    this.#now = now;
    this.#l10n = l10n;
    this.#post = post;
    this.#subscriptions = [
      conversation.onDidAdd((turn) => {
        if (this.#connected)
          this.#post({ type: 'turn', turn: turnView(turn, this.#now(), this.#l10n) });
      }),
      conversation.onDidChange((change) => {
        if (this.#connected) this.#change(change);
      }),
    ];
  }

  /** The webview is there, or has lost count. */
  connect(): void {
    this.#forget();
    this.#connected = true;
    this.#post({
      type: 'state',
      turns: this.#conversation.branch.map((turn) => turnView(turn, this.#now(), this.#l10n)),
    });
  }

  /** The webview is hidden: its page is gone until it says that it is there again. */
  disconnect(): void {
    this.#forget();
    this.#connected = false;
  }

  dispose(): void {
    this.#forget();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #change({ turn, event }: TurnChange): void {
    const { id: replyId, phase, text } = turn.reply;
    if (phase !== 'ended' && this.#shownPhase.get(turn) !== phase) {
      this.#shownPhase.set(turn, phase);
      this.#flush();
      this.#post({
        type: 'phase',
        replyId,
        phase,
        retrying: retrying(turn.reply, this.#now(), this.#l10n),
      });
    }
    switch (event.type) {
      case 'text': {
        const pending = this.#pending.get(turn);
        if (pending !== undefined) {
          pending.text += event.text;
          return;
        }
        const offset = text.length - event.text.length;
        this.#pending.set(turn, { offset, text: event.text });
        this.#flushSoon();
        return;
      }
      case 'outcome': {
        this.#flush();
        this.#shownPhase.delete(turn);
        const end = endView(turn.reply, this.#l10n);
        if (end !== null) this.#post({ type: 'end', replyId, length: text.length, end });
        return;
      }
      case 'counted': {
        const end = endView(turn.reply, this.#l10n);
        if (end !== null) this.#post({ type: 'receipt', replyId, end });
        return;
      }
      case 'continued':
      case 'connecting':
      case 'connected':
      case 'retrying':
      case 'model':
      case 'usage':
      case 'thinking':
      case 'stop-reason':
        return;
    }
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
    for (const [turn, { offset, text }] of this.#pending) {
      this.#post({ type: 'delta', replyId: turn.reply.id, offset, text });
    }
    this.#pending.clear();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending.clear();
  }
}
