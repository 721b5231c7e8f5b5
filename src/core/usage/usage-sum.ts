import { addUsage, noUsage, type Usage } from '../claude/usage.ts';
import { leastOf, type OutputSource, type Receipt } from '../conversation/receipt.ts';

/** What several replies used together. */
export interface UsageSum {
  readonly replies: number;
  readonly usage: Usage;
  /** US dollars, of the replies whose price is known. */
  readonly cost: number;
  /** Replies that have no known price. */
  readonly unpriced: number;
  /** The least exact of them. */
  readonly outputSource: OutputSource;
}

/** What a sum needs to know of a reply. */
export type Summand = Pick<Receipt, 'usage' | 'cost' | 'outputSource'>;

const noSum: UsageSum = {
  replies: 0,
  usage: noUsage,
  cost: 0,
  unpriced: 0,
  outputSource: 'reported',
};

export function sumOf(receipts: readonly Summand[]): UsageSum {
  return addSums(
    receipts.map(({ usage, cost, outputSource }) => ({
      replies: 1,
      usage,
      cost: cost ?? 0,
      unpriced: cost === null ? 1 : 0,
      outputSource,
    })),
  );
}

export function addSums(sums: readonly UsageSum[]): UsageSum {
  return sums.reduce(
    (a, b) => ({
      replies: a.replies + b.replies,
      usage: addUsage(a.usage, b.usage),
      cost: a.cost + b.cost,
      unpriced: a.unpriced + b.unpriced,
      outputSource: leastOf(a.outputSource, b.outputSource),
    }),
    noSum,
  );
}
