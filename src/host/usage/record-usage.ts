import type * as vscode from 'vscode';
import { hasUsage } from '../../core/claude/usage.ts';
import type { Receipt } from '../../core/conversation/receipt.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import type { Subscription } from '../../core/emitter.ts';
import { toError } from '../../core/errors.ts';
import type { ReplyService } from '../replies/reply-service.ts';
import type { UsageTotals } from '../status-bar/usage-totals.ts';
import type { UsageLedger } from './usage-ledger.ts';

export interface UsageRecording extends Subscription {
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
  const record = async (id: string, receipt: Receipt): Promise<void> => {
    if (!hasUsage(receipt.usage)) return;
    try {
      await ledger.record(id, receipt);
      totals.today = await ledger.today();
    } catch (error) {
      log.error(toError(error));
    }
  };
  const subscription = replies.onDidChange(({ turn: { reply }, event }) => {
    if (reply.outcome === null) streaming.add(reply);
    else streaming.delete(reply);
    // Detached: nobody waits for it, and it doesn't reject.
    if (event.type === 'outcome' || event.type === 'counted')
      void record(reply.id, reply.receipt());
  });
  return {
    dispose: () => subscription.dispose(),
    close: async () => {
      await Promise.all([...streaming].map((reply) => record(reply.id, reply.receipt())));
      await ledger.close();
    },
  };
}
