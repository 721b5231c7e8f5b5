import { costOf } from '../claude/price.ts';
import { addUsage, type Usage } from '../claude/usage.ts';

/** What a reply was and what it cost. `null` where it isn't known. */
export interface Receipt {
  readonly model: string;
  readonly usage: Usage;
  /** True where `usage.output` is our estimate, because the API has not said or never will. */
  readonly outputIsEstimated: boolean;
  /** US dollars; as estimated as the output is. */
  readonly cost: number | null;
  readonly timeToFirstTokenMs: number | null;
  /** From the first token to the end; 0 until then. */
  readonly writingMs: number;
  /** As the API said it. */
  readonly stopReason: string | null;
  readonly requestId: string | null;
}

/** What is known of one request of a reply: a reply that was continued has had several. */
export interface PartFacts {
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

export function receiptOf(facts: PartFacts): Receipt {
  // Before any usage came, nothing is known to have been counted, and nothing is estimated.
  const outputIsEstimated = !facts.usageIsFinal && facts.estimatedOutput > 0;
  const output = facts.usageIsFinal
    ? facts.usage.output
    : Math.max(facts.usage.output, Math.round(facts.estimatedOutput));
  const usage = { ...facts.usage, output };
  return {
    model: facts.model,
    usage,
    outputIsEstimated,
    cost: costOf(facts.model, usage),
    timeToFirstTokenMs: facts.firstTokenAt === null ? null : facts.firstTokenAt - facts.startedAt,
    writingMs:
      facts.endedAt === null || facts.firstTokenAt === null
        ? 0
        : facts.endedAt - facts.firstTokenAt,
    stopReason: facts.stopReason,
    requestId: facts.requestId,
  };
}

/** Two parts of one reply as one: the figures add up, the words are the later one's. */
export function addReceipts(earlier: Receipt, later: Receipt): Receipt {
  return {
    model: later.model,
    usage: addUsage(earlier.usage, later.usage),
    outputIsEstimated: earlier.outputIsEstimated || later.outputIsEstimated,
    cost: earlier.cost === null || later.cost === null ? null : earlier.cost + later.cost,
    timeToFirstTokenMs: earlier.timeToFirstTokenMs ?? later.timeToFirstTokenMs,
    writingMs: earlier.writingMs + later.writingMs,
    stopReason: later.stopReason,
    requestId: later.requestId ?? earlier.requestId,
  };
}

/** Shorter replies say nothing about speed. */
const shortestMeasuredMs = 50;

export function tokensPerSecond({ usage, writingMs }: Receipt): number | null {
  return writingMs < shortestMeasuredMs ? null : (usage.output * 1000) / writingMs;
}
