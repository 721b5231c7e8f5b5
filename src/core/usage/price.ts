import { totalInput, type Usage } from '../claude/usage.ts';
import { type Guard, isObject, isOptional } from '../guard.ts';

/** US dollars per million tokens. A rate that is left out isn't known. */
export interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number | undefined;
  /** Writing to the five-minute cache, the only one that we ask for. */
  readonly cacheWrite?: number | undefined;
}

/** The user's own prices, by model ids or their beginnings. */
export type PriceOverrides = Readonly<Record<string, Price>>;

interface PricedModel extends Price {
  /** Some models cost more once the prompt is longer than `above` tokens. */
  readonly longPrompt?: { readonly above: number; readonly price: Price };
}

/**
 * When the list was compared with its source: the pricing table of Anthropic's platform
 * documentation.
 */
export const pricesAsOf = '2026-11-20';

/**
 * Public list prices. A model that isn't here has no price: none is guessed. Only rates that are
 * published are listed; where a cache rate is not, a reply that used the cache has no cost either.
 */
const listPrices: Readonly<Record<string, PricedModel>> = {
  'claude-fable-5-1': { input: 10, output: 50 },
  'claude-opus-5-5': { input: 4, output: 20, cacheRead: 0.2 },
  'claude-sonnet-5-5': { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 },
  'claude-haiku-5-5': {
    input: 0.1,
    output: 0.5,
    longPrompt: { above: 100_000, price: { input: 0.5, output: 2.5 } },
  },
};

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

/**
 * The cost of a reply in US dollars, or null where a price that it needs isn't known. An override
 * goes before the list; of several that fit, the longest beginning. A batch halves either.
 * @see https://platform.claude.com/docs/en/build-with-claude/batch-processing
 */
export function calculateCost(
  model: string,
  usage: Usage,
  overrides: PriceOverrides,
  serviceTier: ServiceTier = 'standard',
): number | null {
  const price = findOverride(model, overrides) ?? findListPrice(model, totalInput(usage));
  if (price === undefined) return null;
  const cost =
    partCost(usage.input, price.input) +
    partCost(usage.output, price.output) +
    partCost(usage.cacheRead, price.cacheRead) +
    partCost(usage.cacheWrite, price.cacheWrite);
  return Number.isNaN(cost) ? null : cost * priceShares[serviceTier];
}

function findOverride(model: string, overrides: PriceOverrides): Price | undefined {
  const beginnings = Object.keys(overrides).filter((key) => model.startsWith(key));
  const longest = beginnings.reduce((a, b) => (b.length > a.length ? b : a), '');
  return longest === '' ? undefined : overrides[longest];
}

function findListPrice(model: string, input: number): Price | undefined {
  if (!Object.hasOwn(listPrices, model)) return undefined;
  const priced = listPrices[model];
  const { longPrompt } = priced ?? {};
  return longPrompt !== undefined && input > longPrompt.above ? longPrompt.price : priced;
}

function partCost(tokens: number, perMillion = NaN): number {
  return tokens === 0 ? 0 : (tokens * perMillion) / 1_000_000;
}
