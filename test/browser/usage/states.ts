import { subtractDays } from '../../../src/core/time.ts';
import type { UsageState } from '../../../src/core/usage/usage-protocol.ts';
import type { UsageRow } from '../../../src/core/usage/usage-rows.ts';

export const today = '2026-11-21';

/** A row that used so many tokens of input, and half as many of output. */
export function row(
  daysAgo: number,
  model: string,
  input: number,
  cost: number | null,
  changes: Partial<UsageRow['sum']> = {},
): UsageRow {
  return {
    day: subtractDays(today, daysAgo),
    model,
    sum: {
      replies: 2,
      usage: { input, cacheRead: 40, cacheWrite: 2, output: input / 2, thinking: null },
      cost: cost ?? 0,
      unpriced: cost === null ? 2 : 0,
      outputSource: 'reported',
      ...changes,
    },
  };
}

/** Six weeks with two days of work in five. */
function busy(budget: number): UsageState {
  const models = ['claude-haiku-5-5', 'claude-opus-5-5', 'claude-sonnet-5-5'];
  const daysAgo = Array.from({ length: 45 }, (_, ago) => ago).filter((ago) => ago % 5 < 2);
  const rows = daysAgo.flatMap((ago) =>
    models
      .filter((_model, index) => (ago + index) % 3 !== 0)
      .map((model, index) =>
        row(ago, model, 1000 * ((ago * 7 + index * 3) % 11), 0.03 * ((ago * 5 + index * 4) % 13)),
      ),
  );
  return { today, budget, rows };
}

export const states: Readonly<Record<string, UsageState>> = {
  empty: { today, budget: 0, rows: [] },
  'one reply': { today, budget: 0, rows: [row(0, 'claude-sonnet-5-5', 1200, 0.0044)] },
  'with a budget': busy(0.5),
  'prices that are not known': {
    today,
    budget: 2,
    rows: [
      row(0, 'claude-sonnet-5-5', 1200, 0.0044, { outputSource: 'estimated' }),
      row(0, 'gateway/model-with-a-name-that-is-longer-than-most-of-them', 5000, null),
      row(3, 'claude-opus-5-5', 3000, 0.2, { unpriced: 1 }),
      row(40, '<img src=x onerror=alert(1)>', 10, null),
    ],
  },
};
