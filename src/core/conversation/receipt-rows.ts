import { totalInput } from '../claude/usage.ts';
import { type L10n, languageOf } from '../l10n.ts';
import { formatCost, formatDuration } from './format-figures.ts';
import { numberFormat } from './number-format.ts';
import { type Receipt, tokensPerSecond } from './receipt.ts';

export interface ReceiptRow {
  readonly label: string;
  readonly value: string;
}

/** A request's id is there to be copied. */
export type KindOfRow = 'figure' | 'request-id';

/**
 * A whole number with its thousands marked, and with ≈ where it is our estimate.
 *
 * @param language as BCP 47 has it
 */
export function figure(value: number, language: string, estimated = false): string {
  const written = numberFormat(language, [0, 0]).format(value);
  return estimated ? `≈${written}` : written;
}

/** A receipt in words and figures, leaving out what isn't known or didn't happen. */
export function receiptRows(
  receipt: Receipt,
  l10n: L10n,
): readonly (ReceiptRow & { readonly kind: KindOfRow })[] {
  const { usage } = receipt;
  const language = languageOf(l10n);
  const speed = tokensPerSecond(receipt);
  const rows: (ReceiptRow | null)[] = [
    { label: l10n.t('Model'), value: receipt.model },
    { label: l10n.t('Input'), value: tokens(totalInput(usage), false, l10n) },
    usage.cacheRead === 0
      ? null
      : { label: l10n.t('Read from cache'), value: tokens(usage.cacheRead, false, l10n) },
    usage.cacheWrite === 0
      ? null
      : { label: l10n.t('Written to cache'), value: tokens(usage.cacheWrite, false, l10n) },
    { label: l10n.t('Output'), value: outputTokens(receipt, l10n) },
    usage.thinking === null || usage.thinking === 0
      ? null
      : { label: l10n.t('Thinking'), value: tokens(usage.thinking, false, l10n) },
    receipt.cost === null
      ? null
      : {
          label: l10n.t('Cost'),
          value: `${receipt.outputSource === 'reported' ? '' : '≈'}${formatCost(receipt.cost, language)}`,
        },
    receipt.timeToFirstTokenMs === null
      ? null
      : {
          label: l10n.t('First token'),
          value: formatDuration(receipt.timeToFirstTokenMs, language),
        },
    speed === null
      ? null
      : {
          label: l10n.t('Speed'),
          value: l10n.t(
            '{0} tokens/s',
            figure(speed, language, receipt.outputSource === 'estimated'),
          ),
        },
    receipt.stopReason === null
      ? null
      : { label: l10n.t('Stop reason'), value: receipt.stopReason },
  ];
  const known = rows.filter((row) => row !== null);
  return [
    ...known.map((row) => ({ kind: 'figure', ...row }) as const),
    ...(receipt.requestId === null
      ? []
      : [{ kind: 'request-id', label: l10n.t('Request'), value: receipt.requestId } as const]),
  ];
}

function outputTokens({ usage, outputSource }: Receipt, l10n: L10n): string {
  return outputSource === 'counted'
    ? l10n.t(
        '{0} tokens, counted from the text that arrived',
        figure(usage.output, languageOf(l10n)),
      )
    : tokens(usage.output, outputSource === 'estimated', l10n);
}

function tokens(count: number, estimated: boolean, l10n: L10n): string {
  return l10n.t('{0} tokens', figure(count, languageOf(l10n), estimated));
}
