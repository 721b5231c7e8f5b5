import { BoundedMap } from '../../core/bounded-map.ts';
import type { CountableRequest } from '../../core/claude/checked-request.ts';
import type { Claude } from '../../core/claude/claude.ts';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import { noUsage } from '../../core/claude/usage.ts';
import type { Subscription } from '../../core/emitter.ts';
import { type Draft, estimateInput, type InputCount } from '../../core/usage/input-count.ts';
import { calculateCost, type PriceOverrides } from '../../core/usage/price.ts';
import type { WarmConnection } from '../connection/warm-connection.ts';
import { startTimer } from '../disposables.ts';

/** How long nothing may be typed before the API is asked to count, in milliseconds. */
const debounceMs = 400;
/** Counts that are kept: what is typed back and forth isn't counted twice. */
const maxCachedCounts = 16;

export interface InputCounterOptions {
  /** Null where there is no key. */
  readonly connect: () => Promise<Claude | null>;
  readonly prices: () => PriceOverrides;
  /** Told what is written and sent, so that the connection is kept. */
  readonly warm?: Pick<WarmConnection, 'onTyping' | 'onRequestSent' | 'pause'>;
  readonly after?: (ms: number, run: () => void) => Subscription;
}

/** Counts of what somebody is writing, as it changes. */
export interface LiveCount extends Subscription {
  /** Null where there is nothing to count. What isn't countable yet is estimated. */
  update(draft: Draft | null): void;
}

/** How many tokens a request is before it is sent, as the API counts them; no failure is shown. */
export class InputCounter {
  readonly #options: InputCounterOptions;
  /** Tokens by the request, the last used last. */
  readonly #counts = new BoundedMap<string, number>(maxCachedCounts);
  /** What each model takes at most; null until the API has told. */
  #contextSizes: ReadonlyMap<string, number | null> | null = null;
  #hasKey = false;

  constructor(options: InputCounterOptions) {
    this.#options = options;
  }

  /**
   * What is known without asking: the API's count where it has counted the same, else an estimate.
   */
  cachedOrEstimated(request: ClaudeRequest): InputCount {
    const counted = this.#counts.get(cacheKey(request));
    const tokens = counted ?? estimateInput(request);
    const exact = counted !== undefined;
    return {
      tokens,
      exact,
      cost: calculateCost(request.model, { ...noUsage, input: tokens }, this.#options.prices()),
      costExact: exact && !request.cache,
      contextTokens: this.#contextSizes?.get(request.model) ?? null,
    };
  }

  /** Asks the API, and falls back to an estimate. Null where there is no key. Never rejects. */
  async count(countable: CountableRequest, signal: AbortSignal): Promise<InputCount | null> {
    const { request } = countable;
    try {
      const claude = await this.#options.connect();
      this.#hasKey = claude !== null;
      if (claude === null) return null;
      this.#options.warm?.onRequestSent();
      const [counted] = await Promise.all([
        this.cachedOrEstimated(request).exact ? null : claude.countInput(countable, signal),
        this.#loadContextSizes(claude, signal),
      ]);
      if (counted?.ok) this.#counts.set(cacheKey(request), counted.value);
    } catch {
      // A figure that can't be had is no reason to disturb who is writing.
    }
    return this.cachedOrEstimated(request);
  }

  /** @param show must not throw; told null where there is nothing to show */
  follow(show: (count: InputCount | null) => void): LiveCount {
    let timer: Subscription | undefined;
    let asking: AbortController | undefined;
    const cancel = (): void => {
      timer?.dispose();
      asking?.abort();
    };
    const ask = async (countable: CountableRequest): Promise<void> => {
      asking = new AbortController();
      const { signal } = asking;
      const count = await this.count(countable, signal);
      if (!signal.aborted) show(count);
    };
    return {
      update: (draft) => {
        cancel();
        this.#options.warm?.onTyping();
        if (draft === null) {
          show(null);
          return;
        }
        const { request, countable } = draft;
        const known = this.cachedOrEstimated(request);
        if (this.#hasKey || countable === null) show(known);
        const settled = known.exact && known.contextTokens !== null;
        if (countable === null || settled) return;
        const { after = startTimer } = this.#options;
        timer = after(debounceMs, () => void ask(countable));
      },
      dispose: () => {
        cancel();
        this.#options.warm?.pause();
      },
    };
  }

  async #loadContextSizes(claude: Claude, signal: AbortSignal): Promise<void> {
    if (this.#contextSizes !== null) return;
    const listed = await claude.listModels(signal);
    if (!listed.ok) return;
    this.#contextSizes = new Map(listed.value.map(({ id, contextTokens }) => [id, contextTokens]));
  }
}

/** What has a say in the count: all but how much may come back. */
function cacheKey({ maxTokens: _, ...input }: ClaudeRequest): string {
  return JSON.stringify(input);
}
