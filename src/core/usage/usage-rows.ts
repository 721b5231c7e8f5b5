import type { LedgerEntry } from './ledger-entry.ts';
import { type Day, dayOf, daysBefore } from './local-day.ts';
import { addSums, sumOf, type UsageSum } from './usage-sum.ts';

/** What one model used on one day. */
export interface UsageRow {
  readonly day: Day;
  readonly model: string;
  readonly sum: UsageSum;
}

/** How far back a table or a total goes, today included: days, or all there is. */
export type UsageRange = 7 | 30 | 'all';

/** One row for each day and model: the newest day first, models by their names. */
export function usageRows(entries: readonly LedgerEntry[]): readonly UsageRow[] {
  const groups = Map.groupBy(entries, ({ at, model }) => `${dayOf(at)} ${model}`);
  return [...groups]
    .map(([key, group]) => ({ day: key.slice(0, 10), model: key.slice(11), sum: sumOf(group) }))
    .sort((a, b) => compare(b.day, a.day) || compare(a.model, b.model));
}

/** The rows of the last so many days. */
export function rowsWithin(
  rows: readonly UsageRow[],
  today: Day,
  range: UsageRange | 1,
): readonly UsageRow[] {
  if (range === 'all') return rows;
  const first = daysBefore(today, range - 1);
  return rows.filter(({ day }) => day >= first);
}

export function sumOfRows(rows: readonly UsageRow[]): UsageSum {
  return addSums(rows.map(({ sum }) => sum));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
