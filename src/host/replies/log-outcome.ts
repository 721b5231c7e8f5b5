import type * as vscode from 'vscode';
import { describeFailure } from '../../core/claude/describe-failure.ts';
import type { Reply } from '../../core/conversation/reply.ts';

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
  // The log is in English: it is made to be pasted into a bug report.
  const english = { t: fill };
  const { message, logLevel } = describeFailure(outcome.failure, english);
  log[logLevel](`${line}. ${outcome.failure.kind}: ${message}`);
}

function fill(message: string, ...args: (string | number | boolean)[]): string {
  return message.replace(/\{(\d+)\}/g, (whole, index) => String(args[Number(index)] ?? whole));
}
