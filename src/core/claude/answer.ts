import type { Subscription } from '../emitter.ts';
import type { Failure } from './failure.ts';
import type { Outcome } from './outcome.ts';
import type { Usage } from './usage.ts';

/** A reply that came whole instead of streaming. */
export interface Answer {
  readonly text: string;
  readonly outcome: Outcome;
  /** As the API names it; the one that was asked where it did not say. */
  readonly model: string;
  readonly usage: Usage;
  /** As the API said it. */
  readonly stopReason: string | null;
  readonly requestId: string | null;
}

/** What happens while many requests are answered. `index` is the request's. */
export type AnswerEvent =
  | { readonly type: 'sent'; readonly index: number }
  /** In `waitMs` it is sent again, for the `retry`th time. */
  | {
      readonly type: 'retrying';
      readonly index: number;
      readonly failure: Failure;
      readonly retry: number;
      readonly maxRetries: number;
      readonly waitMs: number;
    }
  /** Exactly once for each request. */
  | { readonly type: 'answered'; readonly index: number; readonly answer: Answer };

export interface AnswerAllOptions {
  /** How many are under way at the same time, at the most. */
  readonly atOnce: number;
  /** Aborting it stops what is under way; the rest isn't sent. */
  readonly signal: AbortSignal;
  /** Must not throw. */
  readonly emit: (event: AnswerEvent) => void;
  /** Ends every wait before a retry at once. */
  readonly onRetryNow?: (listener: () => void) => Subscription;
}
