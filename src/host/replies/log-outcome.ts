import type * as vscode from 'vscode';
import { describeFailure } from '../../core/claude/describe-failure.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import { english } from '../../core/l10n.ts';

/** One line a reply: how it ended and what it took, and never what it said. */
export function logOutcome(log: vscode.LogOutputChannel, reply: Reply): void {
  const { outcome } = reply;
  if (outcome === null) return;
  const { model, usage, requestId, timeToFirstTokenMs, writingMs } = reply.receipt();
  const firstToken = timeToFirstTokenMs === null ? '-' : `${Math.round(timeToFirstTokenMs)} ms`;
  const line =
    `${outcome.kind}: model ${model}, request ${requestId ?? '-'}, ` +
    `${usage.input} in, ${usage.output} out, first token ${firstToken}, ` +
    `written in ${Math.round(writingMs)} ms`;
  if (outcome.kind !== 'broken') {
    log.info(line);
    return;
  }
  const { message, logLevel } = describeFailure(outcome.failure, english);
  log[logLevel](`${line}. ${outcome.failure.kind}: ${message}`);
}
