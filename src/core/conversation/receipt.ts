import { costOf, type PriceOverrides } from '../claude/price.ts';
import { addUsage, type Usage } from '../claude/usage.ts';

/**
 * Where `usage.output` comes from: the API's usage; the API's count of the text that arrived, where
 * the reply ended before its usage did; or our estimate. From the best to the least.
 */
export const outputSources = ['reported', 'counted', 'estimated'] as const;
export type OutputSource = (typeof outputSources)[number];

/** What a reply was and what it cost. `null` where it isn't known. */
export interface Receipt {
  readonly model: string;
  readonly usage: Usage;
  readonly outputSource: OutputSource;
  /** US dollars; exact where the output was reported. */
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
  /** Null where it wasn't counted. */
  readonly countedOutput: number | null;
  readonly startedAt: number;
  readonly firstTokenAt: number | null;
  readonly endedAt: number | null;
  readonly stopReason: string | null;
  readonly requestId: string | null;
  readonly prices: PriceOverrides;
}

export function receiptOf(facts: PartFacts): Receipt {
  const outputSource = outputSourceOf(facts);
  const output = outputOf(facts, outputSource);
  const usage = { ...facts.usage, output };
  return {
    model: facts.model,
    usage,
    outputSource,
    cost: costOf(facts.model, usage, facts.prices),
    timeToFirstTokenMs: facts.firstTokenAt === null ? null : facts.firstTokenAt - facts.startedAt,
    writingMs:
      facts.endedAt === null || facts.firstTokenAt === null
        ? 0
        : facts.endedAt - facts.firstTokenAt,
    stopReason: facts.stopReason,
    requestId: facts.requestId,
  };
}

function outputSourceOf(facts: PartFacts): OutputSource {
  // Before any text came there is nothing to estimate: what the API said so far stands.
  if (facts.usageIsFinal || facts.estimatedOutput === 0) return 'reported';
  return facts.countedOutput === null ? 'estimated' : 'counted';
}

function outputOf(facts: PartFacts, source: OutputSource): number {
  switch (source) {
    case 'reported':
      return facts.usage.output;
    case 'counted':
      return facts.countedOutput ?? facts.usage.output;
    case 'estimated':
      return Math.max(facts.usage.output, Math.round(facts.estimatedOutput));
  }
}

/** Of two sources the less exact one: what a sum of both rests on. */
export function leastOf(a: OutputSource, b: OutputSource): OutputSource {
  return outputSources.indexOf(a) > outputSources.indexOf(b) ? a : b;
}

/** Two parts of one reply as one: the figures add up, the words are the later one's. */
export function addReceipts(earlier: Receipt, later: Receipt): Receipt {
  return {
    model: later.model,
    usage: addUsage(earlier.usage, later.usage),
    outputSource: leastOf(earlier.outputSource, later.outputSource),
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
