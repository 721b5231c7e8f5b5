import type { Failure } from './failure.ts';

/** How a reply ended. Every reply ends in exactly one of these. */
export type Outcome =
  | { readonly kind: 'complete' }
  /** By the user. */
  | { readonly kind: 'stopped' }
  /** At the request's `max_tokens` or at the model's context window. */
  | { readonly kind: 'cut'; readonly limit: 'max-tokens' | 'context' }
  | {
      readonly kind: 'refused';
      readonly category: string | null;
      readonly explanation: string | null;
    }
  | { readonly kind: 'broken'; readonly failure: Failure };
