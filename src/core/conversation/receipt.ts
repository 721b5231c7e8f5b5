import { costOf } from '../claude/price.ts';
import type { Usage } from '../claude/usage.ts';

/** What a reply was and what it cost. `null` where it isn't known. */
export interface Receipt {
  readonly model: string;
  readonly usage: Usage;
  /** True where `usage.output` is our estimate, because the API has not said or never will. */
  readonly outputIsEstimated: boolean;
  /** US dollars; as estimated as the output is. */
  readonly cost: number | null;
  readonly timeToFirstTokenMs: number | null;
  readonly tokensPerSecond: number | null;
  /** As the API said it. */
  readonly stopReason: string | null;
  readonly requestId: string | null;
}

export interface ReplyFacts {
  readonly model: string;
  readonly usage: Usage;
  readonly usageIsFinal: boolean;
  readonly estimatedOutput: number;
  readonly startedAt: number;
  readonly firstTokenAt: number | null;
  readonly endedAt: number | null;
  readonly stopReason: string | null;
  readonly requestId: string | null;
}

/** Shorter replies say nothing about speed. */
const shortestMeasuredMs = 50;

export function makeReceipt(facts: ReplyFacts): Receipt {
  // Before any usage came, nothing is known to have been counted, and nothing is estimated.
  const outputIsEstimated = !facts.usageIsFinal && facts.estimatedOutput > 0;
  const output = facts.usageIsFinal
    ? facts.usage.output
    : Math.max(facts.usage.output, Math.round(facts.estimatedOutput));
  const usage = { ...facts.usage, output };
  const writing =
    facts.endedAt === null || facts.firstTokenAt === null ? 0 : facts.endedAt - facts.firstTokenAt;
  return {
    model: facts.model,
    usage,
    outputIsEstimated,
    cost: costOf(facts.model, usage),
    timeToFirstTokenMs: facts.firstTokenAt === null ? null : facts.firstTokenAt - facts.startedAt,
    tokensPerSecond: writing < shortestMeasuredMs ? null : (output * 1000) / writing,
    stopReason: facts.stopReason,
    requestId: facts.requestId,
  };
}
