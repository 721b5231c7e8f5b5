import { hasUsage } from '../../core/claude/usage.ts';
import type { TurnChange } from '../../core/conversation/conversation.ts';
import type { Receipt } from '../../core/conversation/receipt.ts';
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
  #last: LastReply | null = null;
  #today: UsageSum | null = null;

  readonly onDidChange = this.#changed.event;

  /** Null until the first reply. */
  get last(): LastReply | null {
    return this.#last;
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
      const receipt = reply.receipt();
      if (!hasUsage(receipt.usage)) return;
      const streaming = reply.outcome === null;
      this.#last = { receipt, streaming };
      if (!streaming) this.#receipts.set(reply.id, receipt);
      this.#changed.fire();
    });
  }
}
