import { totalInput, type Usage } from './usage.ts';

/** US dollars per million tokens. */
interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  /** Writing to the five-minute cache, the only one that we ask for. */
  readonly cacheWrite: number;
}

interface PricedModel {
  readonly price: Price;
  /** Some models cost more once the prompt is longer than `above` tokens. */
  readonly longPrompt?: { readonly above: number; readonly price: Price };
}

/**
 * Public list prices as of 2026-11-20. A model that isn't here has no price: none is guessed.
 * Only rates that are published are listed; where a cache rate is not, a reply that used the
 * cache has no cost either.
 */
const prices: ReadonlyMap<string, PricedModel> = new Map<string, PricedModel>([
  ['claude-fable-5-1', { price: { input: 10, output: 50, cacheRead: NaN, cacheWrite: NaN } }],
  ['claude-opus-5-5', { price: { input: 4, output: 20, cacheRead: 0.2, cacheWrite: NaN } }],
  ['claude-sonnet-5-5', { price: { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 } }],
  [
    'claude-haiku-5-5',
    {
      price: { input: 0.1, output: 0.5, cacheRead: NaN, cacheWrite: NaN },
      longPrompt: {
        above: 100_000,
        price: { input: 0.5, output: 2.5, cacheRead: NaN, cacheWrite: NaN },
      },
    },
  ],
]);

/** The cost of a reply in US dollars, or null where a price that it needs isn't known. */
export function costOf(model: string, usage: Usage): number | null {
  const priced = prices.get(model);
  if (priced === undefined) return null;
  const { longPrompt } = priced;
  const price =
    longPrompt !== undefined && totalInput(usage) > longPrompt.above
      ? longPrompt.price
      : priced.price;
  const cost =
    part(usage.input, price.input) +
    part(usage.output, price.output) +
    part(usage.cacheRead, price.cacheRead) +
    part(usage.cacheWrite, price.cacheWrite);
  return Number.isNaN(cost) ? null : cost;
}

function part(tokens: number, perMillion: number): number {
  return tokens === 0 ? 0 : (tokens * perMillion) / 1_000_000;
}
