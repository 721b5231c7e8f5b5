import { totalInput, type Usage } from '../claude/usage.ts';
import { type Guard, isObject, isOptional } from '../guard.ts';

/** US dollars per million tokens. A rate that is left out isn't known. */
export interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number | undefined;
  /** Writing to the five-minute cache; the one-hour cache costs twice the input. */
  readonly cacheWrite?: number | undefined;
}

/** The user's own prices, by model ids or their beginnings. */
export type PriceOverrides = Readonly<Record<string, Price>>;

interface PricePeriod extends Price {
  /** When the rates began to hold, by the calendar of UTC. Left out for the first ones. */
  readonly since?: `${number}-${number}-${number}`;
  /** Some models cost more once the prompt is longer than `above` tokens, for all tokens. */
  readonly longPrompt?: { readonly above: number; readonly price: Price };
}

/**
 * When the list was compared with its source: the pricing table of Anthropic's platform
 * documentation, and price trackers for the cache rates of Fable 5.2 and Haiku 5.5.
 */
export const pricesAsOf = '2026-12-01';

const opus5: Price = { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 };

/**
 * Public list prices, the newest last. A model that isn't here has no price: none is guessed. The id
 * of a snapshot, such as `claude-haiku-4-5-20251001`, has the price of its model.
 */
const listPrices: Readonly<Record<string, readonly PricePeriod[]>> = {
  'claude-fable-5-2': [{ input: 8, output: 40, cacheRead: 0.2, cacheWrite: 10 }],
  'claude-fable-5-1': [{ input: 10, output: 50, cacheRead: 0.25, cacheWrite: 12.5 }],
  'claude-fable-5': [{ input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 }],
  'claude-opus-5-5': [{ input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 }],
  'claude-opus-5': [opus5],
  'claude-opus-4-8': [opus5],
  'claude-opus-4-7': [opus5],
  'claude-opus-4-6': [opus5],
  'claude-opus-4-5': [opus5],
  'claude-sonnet-5-5': [
    { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 },
    { since: '2026-10-07', input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
  ],
  'claude-sonnet-5': [{ input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 }],
  'claude-haiku-5-5': [
    {
      input: 0.1,
      output: 0.5,
      cacheRead: 0.01,
      cacheWrite: 0.125,
      longPrompt: {
        above: 100_000,
        price: { input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 },
      },
    },
  ],
  'claude-haiku-4-5': [{ input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 }],
};

/** A write to the one-hour cache costs so many times the input. */
const hourWriteFactor = 2;
/** What inference in the US alone costs, as a share of the list price. */
const usFactor = 1.1;

const isRate = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

export const isPrice: Guard<Price> = isObject({
  input: isRate,
  output: isRate,
  cacheRead: isOptional(isRate),
  cacheWrite: isOptional(isRate),
});

/** What share of the price is paid: requests in a batch cost half of all that they use. */
const priceShares = { standard: 1, batch: 0.5 } as const;
/** By which tariff a request is paid. */
export type ServiceTier = keyof typeof priceShares;

/** How a request is paid. */
export interface Tariff {
  readonly serviceTier?: ServiceTier;
  /** When it was sent, in milliseconds since 1970; now where it is left out. */
  readonly at?: number;
}

/**
 * The cost of a reply in US dollars, or null where a price that it needs isn't known. An override
 * goes before the list; of several that fit, the longest beginning. A batch halves either. What
 * inference in the US alone adds is in an override already.
 * @see https://platform.claude.com/docs/en/build-with-claude/batch-processing
 */
export function calculateCost(
  model: string,
  usage: Usage,
  overrides: PriceOverrides,
  { serviceTier = 'standard', at = Date.now() }: Tariff = {},
): number | null {
  const own = findOverride(model, overrides);
  const price = own ?? findListPrice(model, totalInput(usage), at);
  if (price === undefined) return null;
  const { hourCacheWrite = 0 } = usage;
  const hourWrite = price.cacheWrite === undefined ? undefined : price.input * hourWriteFactor;
  const cost =
    partCost(usage.input, price.input) +
    partCost(usage.output, price.output) +
    partCost(usage.cacheRead, price.cacheRead) +
    partCost(Math.max(0, usage.cacheWrite - hourCacheWrite), price.cacheWrite) +
    partCost(hourCacheWrite, hourWrite);
  const share = priceShares[serviceTier];
  const regional = own === undefined && usage.inferenceGeo === 'us' ? usFactor : 1;
  return Number.isNaN(cost) ? null : cost * share * regional;
}

function findOverride(model: string, overrides: PriceOverrides): Price | undefined {
  const beginnings = Object.keys(overrides).filter((key) => model.startsWith(key));
  const longest = beginnings.reduce((a, b) => (b.length > a.length ? b : a), '');
  return longest === '' ? undefined : overrides[longest];
}

function findListPrice(model: string, input: number, at: number): Price | undefined {
  const name = model.replace(/-\d{8}$/, '');
  const periods = Object.hasOwn(listPrices, name) ? listPrices[name] : undefined;
  const price = periods?.findLast(({ since }) => since === undefined || Date.parse(since) <= at);
  const { longPrompt } = price ?? {};
  return longPrompt !== undefined && input > longPrompt.above ? longPrompt.price : price;
}

function partCost(tokens: number, perMillion = NaN): number {
  return tokens === 0 ? 0 : (tokens * perMillion) / 1_000_000;
}
