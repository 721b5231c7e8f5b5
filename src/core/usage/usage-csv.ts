import type { UsageRow } from './usage-rows.ts';

const header =
  'day,model,replies,input_tokens,cache_read_tokens,cache_write_tokens,output_tokens,' +
  'thinking_tokens,cost_usd,replies_without_price,output_source';

/**
 * Rows as RFC 4180 has them, but with plain line feeds. Numbers are whole or as exact as they are
 * known; what isn't known is empty.
 */
export function usageCsv(rows: readonly UsageRow[]): string {
  const lines = rows.map(({ day, model, sum }) => {
    const { replies, usage, cost, unpriced, outputSource } = sum;
    return [
      day,
      field(model),
      replies,
      usage.input,
      usage.cacheRead,
      usage.cacheWrite,
      usage.output,
      usage.thinking ?? '',
      unpriced === replies ? '' : cost,
      unpriced,
      outputSource,
    ].join(',');
  });
  return `${[header, ...lines].join('\n')}\n`;
}

/** A model's name comes from the network: no spreadsheet is to take it for a formula. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
