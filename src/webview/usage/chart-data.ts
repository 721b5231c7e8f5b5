import { daysUpTo } from '../../core/usage/local-day.ts';
import type { UsageState } from '../../core/usage/usage-protocol.ts';
import { rowsWithin, sumOfRows } from '../../core/usage/usage-rows.ts';
import type { UsageSum } from '../../core/usage/usage-sum.ts';
import { allTokens } from './figures.ts';

export type Measure = 'cost' | 'tokens';

export interface ChartDay {
  readonly day: string;
  /** By the model's place in `models`; in dollars or tokens. */
  readonly parts: readonly { readonly series: number; readonly value: number }[];
  readonly total: number;
}

export interface ChartData {
  readonly models: readonly string[];
  /** Oldest first, also those on which nothing was used. */
  readonly days: readonly ChartDay[];
  readonly sum: UsageSum;
}

const shownDays = 30;

/** The last 30 days, by model. */
export function chartData({ rows, today }: UsageState, measure: Measure): ChartData {
  const within = rowsWithin(rows, today, shownDays);
  const models = [...new Set(within.map(({ model }) => model))].sort();
  const byDay = Map.groupBy(within, ({ day }) => day);
  const days = daysUpTo(today, shownDays).map((day) => {
    const parts = (byDay.get(day) ?? []).map(({ model, sum }) => ({
      series: models.indexOf(model),
      value: amountOf(sum, measure),
    }));
    return { day, parts, total: parts.reduce((sum, { value }) => sum + value, 0) };
  });
  return { models, days, sum: sumOfRows(within) };
}

function amountOf(sum: UsageSum, measure: Measure): number {
  return measure === 'cost' ? sum.cost : allTokens(sum);
}
