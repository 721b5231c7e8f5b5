import type * as vscode from 'vscode';
import { hasUsage } from '../../core/claude/usage.ts';
import type { TurnChange } from '../../core/conversation/conversation.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import { Emitter, type Subscription } from '../../core/emitter.ts';
import { toError } from '../../core/errors.ts';
import type { Receipt } from '../../core/usage/receipt.ts';
import { sumReceipts, type UsageSum } from '../../core/usage/usage-rows.ts';
import type { ReplyService } from '../ask/reply-service.ts';
import type { UsageLedger } from './usage-ledger.ts';

export interface LastReply {
  readonly receipt: Receipt;
  readonly streaming: boolean;
  /** Whether the API has said nothing yet of what it uses. */
  readonly connecting: boolean;
}

/** The last reply's usage, this window's running total, and today's. */
export class UsageTotals {
  readonly #changed = new Emitter<void>();
  /** Of the replies that have ended, by their ids: one that goes on replaces its own. */
  readonly #receipts = new Map<string, Receipt>();
  /** The last that has used anything, or has begun. */
  #reply: Reply | null = null;
  /** The last that has used anything: shown again where one ends that has used nothing. */
  #lastUsed: Reply | null = null;
  #today: UsageSum | null = null;

  readonly onDidChange = this.#changed.event;

  /** Null until the first reply. */
  get last(): LastReply | null {
    if (this.#reply === null) return null;
    const receipt = this.#reply.receipt();
    const streaming = this.isStreaming;
    return { receipt, streaming, connecting: streaming && !hasUsage(receipt.usage) };
  }

  get isStreaming(): boolean {
    return this.#reply?.outcome === null;
  }

  /** Of the replies that have ended. */
  get totals(): UsageSum {
    return sumReceipts([...this.#receipts.values()]);
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
      if (reply !== this.#lastUsed) {
        if (hasUsage(reply.receipt().usage)) this.#lastUsed = reply;
        else if (reply === this.#reply && reply.outcome === null) return;
      }
      this.#reply = reply.outcome === null ? reply : this.#lastUsed;
      if (reply.outcome !== null && reply === this.#lastUsed) {
        this.#receipts.set(reply.id, reply.receipt());
      }
      this.#changed.fire();
    });
  }
}

interface UsageRecording extends Subscription {
  /** Records a reply that no conversation has, such as the connection check's. */
  readonly record: (id: string, receipt: Receipt) => Promise<void>;
  /** Records a reply that a crash interrupted, once it is back, where nothing has recorded it. */
  readonly recordInterrupted: (reply: Reply) => Promise<void>;
  /** Records what streams now as it stands: the window is closing. Resolves when all is written. */
  close(): Promise<void>;
}

/** Writes every reply that has ended into the ledger, and tells the status bar of today's sum. */
export function recordUsage(
  replies: ReplyService,
  ledger: UsageLedger,
  totals: UsageTotals,
  log: vscode.LogOutputChannel,
): UsageRecording {
  const streaming = new Set<Reply>();
  const keep = async (receipt: Receipt, write: () => Promise<void>): Promise<void> => {
    if (!hasUsage(receipt.usage)) return;
    try {
      await write();
      totals.today = await ledger.today();
    } catch (error) {
      log.error(toError(error));
    }
  };
  const record = (id: string, receipt: Receipt, part?: number): Promise<void> =>
    keep(receipt, () => ledger.record(id, receipt, part));
  const recordReply = (reply: Reply): Promise<void> =>
    record(reply.id, reply.partReceipt(), reply.part);
  const subscription = replies.onDidChange(({ turn: { reply }, event }) => {
    if (reply.outcome === null) streaming.add(reply);
    else streaming.delete(reply);
    // Detached: nobody waits for it, and it doesn't reject.
    if (event.type === 'outcome' || event.type === 'counted') void recordReply(reply);
  });
  return {
    record,
    recordInterrupted: (reply) => {
      const receipt = reply.partReceipt();
      return keep(receipt, () =>
        ledger.recordMissing(reply.id, receipt, reply.part, reply.partRequestedOn),
      );
    },
    dispose: () => subscription.dispose(),
    close: async () => {
      await Promise.all([...streaming].map(recordReply));
      await ledger.close();
    },
  };
}
