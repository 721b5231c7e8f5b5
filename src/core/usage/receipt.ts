import { addUsage, totalInput, type Usage } from '../claude/usage.ts';
import { formatCost, formatDuration, getNumberFormat } from '../format-figures.ts';
import { getLanguage, type L10n } from '../l10n.ts';
import { calculateCost, type PriceOverrides } from './price.ts';

/**
 * Where `usage.output` comes from: the API's usage; the API's count of the text that arrived, where
 * the reply ended before its usage did; or our estimate. From the best to the least.
 */
export const outputSources = ['reported', 'counted', 'estimated'] as const;
export type OutputSource = (typeof outputSources)[number];

/** What a reply was and what it cost. `null` where it isn't known. */
export interface Receipt {
  readonly model: string;
  readonly usage: Usage;
  readonly outputSource: OutputSource;
  /** US dollars; see `isCostExact`. */
  readonly cost: number | null;
  readonly timeToFirstTokenMs: number | null;
  /** From the first token to the end; 0 until then. */
  readonly writingMs: number;
  /** As the API said it. */
  readonly stopReason: string | null;
  readonly requestId: string | null;
}

/** What is known of one request of a reply: a reply that was continued has had several. */
interface RequestStats {
  readonly model: string;
  readonly usage: Usage;
  readonly usageIsFinal: boolean;
  readonly estimatedOutput: number;
  /** Null where it wasn't counted. */
  readonly countedOutput: number | null;
  /** When it was sent, in milliseconds since 1970. */
  readonly sentAt: number;
  readonly startedAt: number;
  readonly firstTokenAt: number | null;
  readonly endedAt: number | null;
  readonly stopReason: string | null;
  readonly requestId: string | null;
  readonly prices: PriceOverrides;
}

export function createReceipt(facts: RequestStats): Receipt {
  const outputSource = pickOutputSource(facts);
  const output = pickOutput(facts, outputSource);
  const usage = { ...facts.usage, output };
  return {
    model: facts.model,
    usage,
    outputSource,
    cost: calculateCost(facts.model, usage, facts.prices, { at: facts.sentAt }),
    timeToFirstTokenMs: facts.firstTokenAt === null ? null : facts.firstTokenAt - facts.startedAt,
    writingMs:
      facts.endedAt === null || facts.firstTokenAt === null
        ? 0
        : facts.endedAt - facts.firstTokenAt,
    stopReason: facts.stopReason,
    requestId: facts.requestId,
  };
}

function pickOutputSource(facts: RequestStats): OutputSource {
  // Before any text came there is nothing to estimate: what the API said so far stands.
  if (facts.usageIsFinal || facts.estimatedOutput === 0) return 'reported';
  return facts.countedOutput === null ? 'estimated' : 'counted';
}

function pickOutput(facts: RequestStats, source: OutputSource): number {
  switch (source) {
    case 'reported':
      return facts.usage.output;
    case 'counted':
      return facts.countedOutput ?? facts.usage.output;
    case 'estimated':
      return Math.max(facts.usage.output, Math.round(facts.estimatedOutput));
  }
}

/** Of two sources the less exact one: what a sum of both rests on. */
export function leastExact(a: OutputSource, b: OutputSource): OutputSource {
  return outputSources.indexOf(a) > outputSources.indexOf(b) ? a : b;
}

/** Two parts of one reply as one: the figures add up, the words are the later one's. */
export function addReceipts(earlier: Receipt, later: Receipt): Receipt {
  return {
    model: later.model,
    usage: addUsage(earlier.usage, later.usage),
    outputSource: leastExact(earlier.outputSource, later.outputSource),
    cost: earlier.cost === null || later.cost === null ? null : earlier.cost + later.cost,
    timeToFirstTokenMs: earlier.timeToFirstTokenMs ?? later.timeToFirstTokenMs,
    writingMs: earlier.writingMs + later.writingMs,
    stopReason: later.stopReason,
    requestId: later.requestId ?? earlier.requestId,
  };
}

/** Whether the cost rests on figures of the API alone. */
export function isCostExact({
  usage,
  outputSource,
}: Pick<Receipt, 'usage' | 'outputSource'>): boolean {
  return outputSource === 'reported' && usage.inputIsEstimate !== true;
}

/** Shorter replies say nothing about speed. */
const minMeasuredMs = 50;

export function tokensPerSecond({ usage, writingMs }: Receipt): number | null {
  return writingMs < minMeasuredMs ? null : (usage.output * 1000) / writingMs;
}

export interface ReceiptRow {
  readonly label: string;
  readonly value: string;
}

/** A request's id is there to be copied. */
type ReceiptRowKind = 'figure' | 'request-id';

/**
 * A whole number with its thousands marked, and with ≈ where it is our estimate.
 *
 * @param language as BCP 47 has it
 */
export function formatCount(value: number, language: string, estimated = false): string {
  const written = getNumberFormat(language, [0, 0]).format(value);
  return estimated ? `≈${written}` : written;
}

/** A receipt in words and figures, leaving out what isn't known or didn't happen. */
export function receiptRows(
  receipt: Receipt,
  l10n: L10n,
): readonly (ReceiptRow & { readonly kind: ReceiptRowKind })[] {
  const { usage } = receipt;
  const language = getLanguage(l10n);
  const speed = tokensPerSecond(receipt);
  const rows: (ReceiptRow | null)[] = [
    { label: l10n.t('Model'), value: receipt.model },
    {
      label: l10n.t('Input'),
      value: tokensText(totalInput(usage), usage.inputIsEstimate === true, l10n),
    },
    usage.cacheRead === 0
      ? null
      : { label: l10n.t('Read from cache'), value: tokensText(usage.cacheRead, false, l10n) },
    usage.cacheWrite === 0
      ? null
      : { label: l10n.t('Written to cache'), value: cacheWriteText(usage, l10n) },
    { label: l10n.t('Output'), value: outputTokensText(receipt, l10n) },
    usage.thinking === null || usage.thinking === 0
      ? null
      : { label: l10n.t('Thinking'), value: tokensText(usage.thinking, false, l10n) },
    receipt.cost === null
      ? null
      : {
          label: l10n.t('Cost'),
          value: `${isCostExact(receipt) ? '' : '≈'}${formatCost(receipt.cost, language)}`,
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
            formatCount(speed, language, receipt.outputSource === 'estimated'),
          ),
        },
    usage.inferenceGeo === undefined
      ? null
      : {
          label: l10n.t('Inference'),
          value:
            usage.inferenceGeo === 'us' ? l10n.t('US only (1.1 × the price)') : l10n.t('Global'),
        },
    usage.serviceTier === undefined
      ? null
      : { label: l10n.t('Service tier'), value: usage.serviceTier },
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

function outputTokensText({ usage, outputSource }: Receipt, l10n: L10n): string {
  return outputSource === 'counted'
    ? l10n.t(
        '{0} tokens, counted from the text that arrived',
        formatCount(usage.output, getLanguage(l10n)),
      )
    : tokensText(usage.output, outputSource === 'estimated', l10n);
}

function cacheWriteText({ cacheWrite, hourCacheWrite }: Usage, l10n: L10n): string {
  const written = tokensText(cacheWrite, false, l10n);
  return hourCacheWrite === undefined
    ? written
    : l10n.t(
        '{0}, {1} of them for an hour',
        written,
        formatCount(hourCacheWrite, getLanguage(l10n)),
      );
}

function tokensText(count: number, estimated: boolean, l10n: L10n): string {
  return l10n.t('{0} tokens', formatCount(count, getLanguage(l10n), estimated));
}
