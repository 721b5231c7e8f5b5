import { addUsage, noUsage, totalInput, type Usage } from '../../core/claude/usage.ts';
import type { TurnChange } from '../../core/conversation/conversation.ts';
import type { Receipt } from '../../core/conversation/receipt.ts';
import { Emitter, type Subscription } from '../../core/emitter.ts';

export interface Totals {
  readonly replies: number;
  readonly usage: Usage;
  /** US dollars, of the replies whose price is known. */
  readonly cost: number;
  /** Replies that used tokens and have no known price. */
  readonly unpriced: number;
  /** Whether a part of it is our estimate. */
  readonly estimated: boolean;
}

export interface LastReply {
  readonly receipt: Receipt;
  readonly streaming: boolean;
}

/** The last reply's usage and this window's running total. */
export class UsageTotals {
  readonly #changed = new Emitter<void>();
  /** Of the replies that have ended, by their ids: one that goes on replaces its own. */
  readonly #receipts = new Map<string, Receipt>();
  #last: LastReply | null = null;

  readonly onDidChange = this.#changed.event;

  /** Null until the first reply. */
  get last(): LastReply | null {
    return this.#last;
  }

  /** Of the replies that have ended. */
  get totals(): Totals {
    const receipts = [...this.#receipts.values()];
    return {
      replies: receipts.length,
      usage: receipts.reduce((sum, { usage }) => addUsage(sum, usage), noUsage),
      cost: receipts.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
      unpriced: receipts.filter(({ cost }) => cost === null).length,
      estimated: receipts.some(({ outputSource }) => outputSource === 'estimated'),
    };
  }

  follow(onDidChangeReply: (listener: (change: TurnChange) => void) => Subscription): Subscription {
    return onDidChangeReply(({ turn: { reply } }) => {
      const receipt = reply.receipt();
      // Before the API has counted anything, and where a request was refused, there is no usage.
      if (totalInput(receipt.usage) === 0 && receipt.usage.output === 0) return;
      const streaming = reply.outcome === null;
      this.#last = { receipt, streaming };
      if (!streaming) this.#receipts.set(reply.id, receipt);
      this.#changed.fire();
    });
  }
}
