import { type L10n, languageOf } from '../l10n.ts';
import { dollarFormat, numberFormat } from './number-format.ts';

/*
 * Figures as the language writes them whose words stand beside them: see `languageOf`. Units are
 * symbols that every language has.
 */

/** `356`, `1.2k`, `34k`, `1.1M`: at most three digits, for a status bar. */
export function formatTokens(tokens: number, language: string): string {
  if (tokens < 1000) return String(Math.round(tokens));
  if (tokens < 999_500) return `${short(tokens / 1000, language)}k`;
  return `${short(tokens / 1_000_000, language)}M`;
}

function short(value: number, language: string): string {
  return numberFormat(language, [0, value < 9.95 ? 1 : 0]).format(value);
}

/** `$0.0042`, `$0.13`, `$12.40`: two digits that mean something, never rounded to nothing. */
export function formatCost(dollars: number, language: string): string {
  return dollarFormat(language, digitsOf(dollars)).format(dollars);
}

function digitsOf(dollars: number): number {
  if (dollars === 0) return 0;
  return dollars >= 0.1 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(dollars)));
}

/** `480 ms`, `2.4 s`, `1 min 05 s`. */
export function formatDuration(ms: number, language: string): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${numberFormat(language, [1, 1]).format(ms / 1000)} s`;
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
  const language = languageOf(l10n);
  if (bytes < 1000) return l10n.t('{0} B', bytes);
  if (bytes < 1_000_000)
    return l10n.t('{0} KB', numberFormat(language, [0, 0]).format(bytes / 1000));
  return l10n.t('{0} MB', numberFormat(language, [1, 1]).format(bytes / 1_000_000));
}
