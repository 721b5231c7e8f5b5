import type { RunMode } from '../../core/batches/file-run.ts';
import { tariffOf } from '../../core/batches/file-run.ts';
import type { CountableRequest } from '../../core/claude/checked-request.ts';
import type { Claude } from '../../core/claude/claude.ts';
import { isBusy, isTransient } from '../../core/claude/describe-failure.ts';
import type { Failure } from '../../core/claude/failure.ts';
import { costOf, type PriceOverrides } from '../../core/claude/price.ts';
import { noUsage } from '../../core/claude/usage.ts';
import { estimateInput } from '../../core/usage/input-count.ts';

/** Requests that are counted at the same time. */
const atOnce = 4;

/** What a run's requests are together, before they are sent. */
export interface RunCount {
  readonly tokens: number;
  /** Whether the API has counted each of them; else some are our estimate. */
  readonly exact: boolean;
  /** US dollars for the input; null where the price isn't known. */
  readonly cost: (mode: RunMode) => number | null;
}

/**
 * Has the API count each request, which costs nothing, and estimates what it does not tell. Once it
 * refuses to count, it isn't asked about the rest. Never rejects.
 * @param report told how many are counted; must not throw
 */
export async function countRun(
  countables: readonly CountableRequest[],
  claude: Claude,
  prices: PriceOverrides,
  signal: AbortSignal,
  report: (counted: number) => void,
): Promise<RunCount> {
  const counts: number[] = [];
  let exact = true;
  let asks = true;
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (;;) {
      const index = next++;
      const countable = countables[index];
      if (countable === undefined || signal.aborted) return;
      const counted = asks ? await claude.countInput(countable, signal) : null;
      if (counted?.ok) counts[index] = counted.value;
      else {
        exact = false;
        counts[index] = estimateInput(countable.request);
        if (counted !== null && (!isTransient(counted.failure) || isLimit(counted.failure))) {
          asks = false;
        }
      }
      report(++done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, countables.length) }, work));
  const costs = (mode: RunMode): readonly (number | null)[] =>
    countables.map(({ request }, index) =>
      costOf(request.model, { ...noUsage, input: counts[index] ?? 0 }, prices, tariffOf(mode)),
    );
  return {
    tokens: counts.reduce((sum, count) => sum + count, 0),
    exact,
    // Each by itself: a long prompt may have a price of its own.
    cost: (mode) =>
      costs(mode).reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0),
  };
}

function isLimit(failure: Failure): boolean {
  return isBusy(failure) || failure.kind === 'timeout';
}
