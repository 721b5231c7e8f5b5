import { APIError } from '@anthropic-ai/sdk/core/error';
import type { Subscription } from '../emitter.ts';
import { isTransient } from './describe-failure.ts';
import type { Failure } from './failure.ts';

export interface RetryPolicy {
  /** How often a request is sent again, at the most. */
  readonly maxRetries: number;
  /** A server that asks for a longer wait, in milliseconds, isn't waited for. */
  readonly maxWaitMs: number;
}

/** Whether the same request may end otherwise if it is sent again. */
export function isRetryable(failure: Failure, error: unknown): boolean {
  // The API's own word comes first.
  const word = error instanceof APIError ? error.headers?.get('x-should-retry') : null;
  if (word === 'true' || word === 'false') return word === 'true';
  // An error event has no status, and one that we don't know gives no reason to hope.
  if (failure.kind === 'server-error' && failure.status === null) {
    return error instanceof APIError && error.type === 'api_error';
  }
  return isTransient(failure);
}

const initialBackOffMs = 500;
const maxBackOffMs = 8000;
const jitter = 0.25;

/**
 * How long to wait before a request is sent again, in milliseconds: what the server asks for, else
 * twice as long each time, a little less by chance so that not everybody comes back at once.
 *
 * @param retry counts from 1
 * @param random from 0 to 1
 */
export function computeRetryWaitMs(failure: Failure, retry: number, random: number): number {
  if ('retryAfterMs' in failure && failure.retryAfterMs !== null) return failure.retryAfterMs;
  const backOff = Math.min(maxBackOffMs, initialBackOffMs * 2 ** (retry - 1));
  return backOff * (1 - jitter * random);
}

/** Waits; ends early when the signal aborts, or `onRetryNow` says so. */
export function pause(
  ms: number,
  signal: AbortSignal,
  onRetryNow?: (listener: () => void) => Subscription,
): Promise<{ readonly isEarly: boolean }> {
  return new Promise((resolve) => {
    let subscription: Subscription | undefined;
    let isOver = signal.aborted;
    const end = (isEarly: boolean): void => {
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', endEarly);
      subscription?.dispose();
      resolve({ isEarly });
    };
    const endEarly = (): void => end(true);
    const timer = setTimeout(() => end(false), ms);
    signal.addEventListener('abort', endEarly);
    subscription = onRetryNow?.(endEarly);
    // Aborted already, or told to go on while it was asked: there was no subscription to end then.
    if (isOver) endEarly();
  });
}
