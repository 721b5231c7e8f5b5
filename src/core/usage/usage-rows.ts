import { addUsage, noUsage, type Usage } from '../claude/usage.ts';
import { type Day, subtractDays, toDay } from '../time.ts';
import type { LedgerEntry } from './ledger.ts';
import { leastExact, type OutputSource, type Receipt } from './receipt.ts';

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
  const groups = Map.groupBy(entries, ({ at, model }) => `${toDay(at)} ${model}`);
  return [...groups]
    .map(([key, group]) => ({
      day: key.slice(0, 10),
      model: key.slice(11),
      sum: sumReceipts(group),
    }))
    .sort((a, b) => compare(b.day, a.day) || compare(a.model, b.model));
}

/** The rows of the last so many days. */
export function rowsWithin(
  rows: readonly UsageRow[],
  today: Day,
  range: UsageRange | 1,
): readonly UsageRow[] {
  if (range === 'all') return rows;
  const first = subtractDays(today, range - 1);
  return rows.filter(({ day }) => day >= first);
}

export function sumRows(rows: readonly UsageRow[]): UsageSum {
  return addSums(rows.map(({ sum }) => sum));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

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
type ReceiptFigures = Pick<Receipt, 'usage' | 'cost' | 'outputSource'> & {
  readonly part?: number | undefined;
};

const noSum: UsageSum = {
  replies: 0,
  usage: noUsage,
  cost: 0,
  unpriced: 0,
  outputSource: 'reported',
};

export function sumReceipts(receipts: readonly ReceiptFigures[]): UsageSum {
  return addSums(
    receipts.map(({ usage, cost, outputSource, part }) => ({
      // A continuation is none of its own.
      replies: part === undefined ? 1 : 0,
      usage,
      cost: cost ?? 0,
      unpriced: cost === null ? 1 : 0,
      outputSource,
    })),
  );
}

function addSums(sums: readonly UsageSum[]): UsageSum {
  return sums.reduce(
    (a, b) => ({
      replies: a.replies + b.replies,
      usage: addUsage(a.usage, b.usage),
      cost: a.cost + b.cost,
      unpriced: a.unpriced + b.unpriced,
      outputSource: leastExact(a.outputSource, b.outputSource),
    }),
    noSum,
  );
}

const csvHeader =
  'day,model,replies,input_tokens,cache_read_tokens,cache_write_tokens,output_tokens,' +
  'thinking_tokens,cost_usd,replies_without_price,output_source';

/**
 * Rows as RFC 4180 has them, but with plain line feeds. Numbers are whole or as exact as they are
 * known; what isn't known is empty.
 */
export function formatUsageCsv(rows: readonly UsageRow[]): string {
  const lines = rows.map(({ day, model, sum }) => {
    const { replies, usage, cost, unpriced, outputSource } = sum;
    return [
      day,
      escapeField(model),
      replies,
      usage.input,
      usage.cacheRead,
      usage.cacheWrite,
      usage.output,
      usage.thinking ?? '',
      unpriced > 0 && unpriced >= replies ? '' : cost,
      unpriced,
      outputSource,
    ].join(',');
  });
  return `${[csvHeader, ...lines].join('\n')}\n`;
}

/** A model's name comes from the network: no spreadsheet is to take it for a formula. */
function escapeField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
