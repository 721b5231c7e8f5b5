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
  #last: LastReply | null = null;
  #totals: Totals = { replies: 0, usage: noUsage, cost: 0, unpriced: 0, estimated: false };

  readonly onDidChange = this.#changed.event;

  /** Null until the first reply. */
  get last(): LastReply | null {
    return this.#last;
  }

  /** Of the replies that have ended. */
  get totals(): Totals {
    return this.#totals;
  }

  follow(onDidChangeReply: (listener: (change: TurnChange) => void) => Subscription): Subscription {
    return onDidChangeReply(({ turn, event }) => {
      const receipt = turn.reply.receipt();
      // Before the API has counted anything, and where a request was refused, there is no usage.
      if (totalInput(receipt.usage) === 0 && receipt.usage.output === 0) return;
      const streaming = event.type !== 'outcome';
      this.#last = { receipt, streaming };
      if (!streaming) this.#add(receipt);
      this.#changed.fire();
    });
  }

  #add(receipt: Receipt): void {
    const { replies, usage, cost, unpriced, estimated } = this.#totals;
    this.#totals = {
      replies: replies + 1,
      usage: addUsage(usage, receipt.usage),
      cost: cost + (receipt.cost ?? 0),
      unpriced: unpriced + (receipt.cost === null ? 1 : 0),
      estimated: estimated || receipt.outputIsEstimated,
    };
  }
}
