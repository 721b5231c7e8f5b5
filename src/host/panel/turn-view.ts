import * as vscode from 'vscode';
import { reasonToRetry } from '../../core/claude/describe-failure.ts';
import { totalInput } from '../../core/claude/usage.ts';
import { canContinue } from '../../core/conversation/can-continue.ts';
import { describeOutcome } from '../../core/conversation/describe-outcome.ts';
import {
  formatCost,
  formatDuration,
  formatTokens,
} from '../../core/conversation/format-figures.ts';
import type { Receipt } from '../../core/conversation/receipt.ts';
import { receiptRows } from '../../core/conversation/receipt-rows.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import { attachmentLabel } from '../../core/prompt/attachment.ts';
import type { EndView, PanelAction, Retrying, TurnView } from '../../core/protocol.ts';

/** A turn as the panel shows it, with the text so far. */
export function turnView({ prompt, attachments, reply }: Turn): TurnView {
  return {
    replyId: reply.id,
    title: prompt.kind === 'explain' ? vscode.l10n.t('Explain') : vscode.l10n.t('Ask'),
    promptText: prompt.kind === 'free' ? prompt.text : '',
    sources: attachments.map(attachmentLabel),
    phase: reply.phase,
    text: reply.text,
    retrying: retrying(reply, performance.now()),
    end: endView(reply),
  };
}

/** Why and for how long the reply waits; null where it doesn't. */
export function retrying({ retry }: Reply, now: number): Retrying | null {
  if (retry === null) return null;
  const reason = reasonToRetry(retry.failure, vscode.l10n);
  return {
    sentence: vscode.l10n.t('{0} Retry {1} of {2}.', reason, retry.retry, retry.maxRetries),
    waitMs: Math.max(0, Math.round(retry.dueAt - now)),
  };
}

/** How the reply ended; null while it streams. */
export function endView(reply: Reply): EndView | null {
  const { outcome } = reply;
  if (outcome === null) return null;
  const { sentence, action } = describeOutcome(outcome, vscode.l10n);
  const receipt = reply.receipt();
  const actions: PanelAction[] = [];
  if (canContinue(reply)) actions.push('continue');
  if (action !== null) actions.push(action);
  if (outcome.kind === 'broken' && action !== 'retry') actions.push('retry');
  if (reply.text !== '') actions.push('copy');
  return {
    outcome: outcome.kind,
    failure: outcome.kind === 'broken' ? outcome.failure.kind : null,
    sentence: sentence ?? (reply.text === '' ? vscode.l10n.t('The reply is empty.') : null),
    actions,
    receipt: receiptRows(receipt, vscode.l10n),
    summary: receiptSummary(receipt),
  };
}

/** `claude-sonnet-5-5 · 1.2k in · 356 out · $0.006 · 2.1 s to the first token` */
function receiptSummary(receipt: Receipt): string {
  const { usage, cost, outputIsEstimated, timeToFirstTokenMs } = receipt;
  const about = outputIsEstimated ? '≈' : '';
  const parts = [receipt.model];
  if (totalInput(usage) > 0 || usage.output > 0) {
    parts.push(
      vscode.l10n.t('{0} in', formatTokens(totalInput(usage))),
      vscode.l10n.t('{0} out', about + formatTokens(usage.output)),
    );
    if (cost !== null) parts.push(about + formatCost(cost));
  }
  if (timeToFirstTokenMs !== null) {
    parts.push(vscode.l10n.t('{0} to the first token', formatDuration(timeToFirstTokenMs)));
  }
  return parts.join(' · ');
}
