import { hasUsage } from '../../core/claude/usage.ts';
import type { TurnChange } from '../../core/conversation/conversation.ts';
import type { Receipt } from '../../core/conversation/receipt.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import { Emitter, type Subscription } from '../../core/emitter.ts';
import { sumOf, type UsageSum } from '../../core/usage/usage-sum.ts';

export interface LastReply {
  readonly receipt: Receipt;
  readonly streaming: boolean;
}

/** The last reply's usage, this window's running total, and today's. */
export class UsageTotals {
  readonly #changed = new Emitter<void>();
  /** Of the replies that have ended, by their ids: one that goes on replaces its own. */
  readonly #receipts = new Map<string, Receipt>();
  /** The last that has used anything. */
  #reply: Reply | null = null;
  #today: UsageSum | null = null;

  readonly onDidChange = this.#changed.event;

  /** Null until the first reply. */
  get last(): LastReply | null {
    if (this.#reply === null) return null;
    return { receipt: this.#reply.receipt(), streaming: this.isStreaming };
  }

  get isStreaming(): boolean {
    return this.#reply?.outcome === null;
  }

  /** Of the replies that have ended. */
  get totals(): UsageSum {
    return sumOf([...this.#receipts.values()]);
  }

  /** Of all windows, as the ledger says; null until the first reply has ended. */
  get today(): UsageSum | null {
    return this.#today;
  }

  set today(sum: UsageSum) {
    this.#today = sum;
    this.#changed.fire();
  }

  follow(onDidChangeReply: (listener: (change: TurnChange) => void) => Subscription): Subscription {
    return onDidChangeReply(({ turn: { reply } }) => {
      // Asked once a reply, not with every delta.
      if (reply !== this.#reply && !hasUsage(reply.receipt().usage)) return;
      this.#reply = reply;
      if (reply.outcome !== null) this.#receipts.set(reply.id, reply.receipt());
      this.#changed.fire();
    });
  }
}
