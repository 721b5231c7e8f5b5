import { getLanguage, type L10n } from './l10n.ts';

/*
 * Figures as the language writes them whose words stand beside them: see `getLanguage`. Units are
 * symbols that every language has.
 */

/** `356`, `1.2k`, `34k`, `1.1M`: at most three digits, for a status bar. */
export function formatTokens(tokens: number, language: string): string {
  if (tokens < 1000) return String(Math.round(tokens));
  if (tokens < 999_500) return `${formatShort(tokens / 1000, language)}k`;
  return `${formatShort(tokens / 1_000_000, language)}M`;
}

function formatShort(value: number, language: string): string {
  return getNumberFormat(language, [0, value < 9.95 ? 1 : 0]).format(value);
}

/** `$0.0042`, `$0.13`, `$12.40`: two digits that mean something, never rounded to nothing. */
export function formatCost(dollars: number, language: string): string {
  return getDollarFormat(language, costDigits(dollars)).format(dollars);
}

function costDigits(dollars: number): number {
  if (dollars === 0) return 0;
  return dollars >= 0.1 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(dollars)));
}

/** `480 ms`, `2.4 s`, `1 min 05 s`. */
export function formatDuration(ms: number, language: string): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${getNumberFormat(language, [1, 1]).format(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** `12 s`, `1 min 05 s`: for a clock that ticks. */
export function formatSeconds(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** `12 B`, `5 KB`, `5.0 MB`; not everyone calls a byte one. */
export function formatBytes(bytes: number, l10n: L10n): string {
  const language = getLanguage(l10n);
  if (bytes < 1000) return l10n.t('{0} B', bytes);
  if (bytes < 1_000_000)
    return l10n.t('{0} KB', getNumberFormat(language, [0, 0]).format(bytes / 1000));
  return l10n.t('{0} MB', getNumberFormat(language, [1, 1]).format(bytes / 1_000_000));
}

/** Making one takes much longer than using it, and a table uses it for every cell. */
const formats = new Map<string, Intl.NumberFormat>();

/**
 * Writes numbers as a language does: `1,234.5`, `1.234,5`, `1 234,5`.
 *
 * @param language as BCP 47 has it
 * @param digits after the decimal separator, at least and at most
 */
export function getNumberFormat(
  language: string,
  digits: readonly [least: number, most: number],
): Intl.NumberFormat {
  return cachedFormat(`${language} ${digits}`, language, fractions(digits));
}

/** The same for US dollars, with their sign where the language has it: `$0.13`, `0,13 $`. */
function getDollarFormat(language: string, digits: number): Intl.NumberFormat {
  return cachedFormat(`${language} $${digits}`, language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...fractions([digits, digits]),
  });
}

function fractions([least, most]: readonly [number, number]): Intl.NumberFormatOptions {
  return { minimumFractionDigits: least, maximumFractionDigits: most };
}

function cachedFormat(
  key: string,
  language: string,
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(language, options);
  formats.set(key, format);
  return format;
}
