import { describeRetryReason, isBusy } from '../claude/describe-failure.ts';
import type { Outcome } from '../claude/reply-event.ts';
import { totalInput } from '../claude/usage.ts';
import { formatCost, formatDuration, formatTokens } from '../format-figures.ts';
import { getLanguage, type L10n } from '../l10n.ts';
import { type Attachment, attachmentLabel } from '../prompt/attachment.ts';
import { promptName, promptText } from '../prompt/prompt.ts';
import type {
  EndView,
  PanelAction,
  Retrying,
  SourceView,
  Timing,
  TurnView,
} from '../protocol/to-webview.ts';
import { isRedacted } from '../secrets/find-secrets.ts';
import { isCostExact, type Receipt, receiptRows } from '../usage/receipt.ts';
import type { Turn } from './conversation.ts';
import { canContinue, describeOutcome } from './outcome.ts';
import type { Reply } from './reply.ts';

/**
 * A turn as the panel shows it, with the text so far.
 *
 * @param alternatives the turns that begin where this one does, with itself
 * @param now on the clock that the conversation uses
 */
export function toTurnView(
  turn: Turn,
  alternatives: readonly Turn[],
  now: number,
  l10n: L10n,
): TurnView {
  const { prompt, attachments, reply } = turn;
  return {
    replyId: reply.id,
    title: promptName(prompt, l10n) ?? l10n.t('Ask'),
    // Our own words needn't be read by anyone; the user's are shown as they were sent.
    promptText: prompt.kind === 'explain' || prompt.kind === 'built-in' ? '' : prompt.text,
    sources: attachments.map((attachment) => toSourceView(attachment, l10n)),
    redacted: isTurnRedacted(turn),
    branch: { number: alternatives.indexOf(turn) + 1, count: alternatives.length },
    phase: reply.phase,
    text: reply.text,
    thinking: reply.thinking,
    timing: toTiming(reply, now),
    retrying: toRetrying(reply, now, l10n),
    end: toEndView(reply, l10n),
  };
}

function isTurnRedacted({ prompt, attachments }: Turn): boolean {
  return isRedacted(promptText(prompt)) || attachments.some(isAttachmentRedacted);
}

function isAttachmentRedacted(attachment: Attachment): boolean {
  const around = attachment.kind === 'selection' ? attachment.surroundings : [];
  return [attachment, ...around].some(({ text }) => isRedacted(text));
}

/** As it was when it was asked about. */
export function toSourceView(attachment: Attachment, l10n: L10n): SourceView {
  const opens = attachment.kind === 'selection' && attachment.uri !== undefined;
  return { label: attachmentLabel(attachment, l10n), opens, stale: false };
}

/** @param now on the clock that the conversation uses */
export function toTiming(reply: Reply, now: number): Timing {
  const thoughtMs = reply.thoughtMs(now);
  return {
    elapsedMs: roundMs(reply.elapsedMs(now)),
    thoughtMs: thoughtMs === null ? null : roundMs(thoughtMs),
  };
}

function roundMs(ms: number): number {
  return Math.max(0, Math.round(ms));
}

/** Why and for how long the reply waits; null where it doesn't. */
export function toRetrying({ retry }: Reply, now: number, l10n: L10n): Retrying | null {
  if (retry === null) return null;
  const reason = describeRetryReason(retry.failure, l10n);
  return {
    sentence: l10n.t('{0} Retry {1} of {2}.', reason, retry.retry, retry.maxRetries),
    waitMs: roundMs(retry.dueAt - now),
  };
}

/** How the reply ended; null while it streams. */
export function toEndView(reply: Reply, l10n: L10n): EndView | null {
  const { outcome } = reply;
  if (outcome === null) return null;
  const { sentence, action } = describeOutcome(outcome, l10n);
  const receipt = reply.receipt();
  const actions: PanelAction[] = [];
  if (canContinue(reply)) actions.push('continue');
  if (action !== null) actions.push(action);
  if (outcome.kind === 'broken' && action !== 'retry') actions.push('retry');
  if (suggestsOtherModel(outcome)) actions.push('retry-with');
  if (reply.text !== '') actions.push('copy');
  return {
    outcome: outcome.kind,
    failure: outcome.kind === 'broken' ? outcome.failure.kind : null,
    sentence: sentence ?? (reply.text === '' ? l10n.t('The reply is empty.') : null),
    actions,
    receipt: receiptRows(receipt, l10n),
    summary: receiptSummary(receipt, l10n),
  };
}

/** Whether another model may do what this one didn't, or do it differently. */
function suggestsOtherModel(outcome: Outcome): boolean {
  return outcome.kind !== 'broken' || isBusy(outcome.failure);
}

/** `claude-sonnet-5-5 · 1.2k in · 356 out · $0.006 · 2.1 s to the first token` */
function receiptSummary(receipt: Receipt, l10n: L10n): string {
  const { usage, cost, outputSource, timeToFirstTokenMs } = receipt;
  const about = outputSource === 'estimated' ? '≈' : '';
  const aboutInput = usage.inputIsEstimate === true ? '≈' : '';
  const language = getLanguage(l10n);
  const parts = [receipt.model];
  if (totalInput(usage) > 0 || usage.output > 0) {
    parts.push(
      l10n.t('{0} in', aboutInput + formatTokens(totalInput(usage), language)),
      l10n.t('{0} out', about + formatTokens(usage.output, language)),
    );
    if (cost !== null) {
      parts.push((isCostExact(receipt) ? '' : '≈') + formatCost(cost, language));
    }
  }
  if (timeToFirstTokenMs !== null) {
    parts.push(l10n.t('{0} to the first token', formatDuration(timeToFirstTokenMs, language)));
  }
  return parts.join(' · ');
}
