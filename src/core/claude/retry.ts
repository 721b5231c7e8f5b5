import { APIError } from '@anthropic-ai/sdk/core/error';
import { isTransient } from './describe-failure.ts';
import type { Failure } from './failure.ts';

export interface RetryPolicy {
  /** How often a request is sent again, at the most. */
  readonly maxRetries: number;
  /** A server that asks for a longer wait, in milliseconds, isn't waited for. */
  readonly longestWaitMs: number;
}

/** Whether the same request may end otherwise if it is sent again. */
export function mayTryAgain(failure: Failure, error: unknown): boolean {
  // The API's own word comes first.
  if (error instanceof APIError && error.headers?.get('x-should-retry') === 'false') return false;
  // An error event has no status, and one that we don't know gives no reason to hope.
  if (failure.kind === 'server-error' && failure.status === null) {
    return error instanceof APIError && error.type === 'api_error';
  }
  return isTransient(failure);
}

const firstWaitMs = 500;
const longestOwnWaitMs = 8000;
const jitter = 0.25;

/**
 * How long to wait before a request is sent again, in milliseconds: what the server asks for, else
 * twice as long each time, a little less by chance so that not everybody comes back at once.
 *
 * @param retry counts from 1
 * @param random from 0 to 1
 */
export function retryWaitMs(failure: Failure, retry: number, random: number): number {
  if ('retryAfterMs' in failure && failure.retryAfterMs !== null) return failure.retryAfterMs;
  const wait = Math.min(longestOwnWaitMs, firstWaitMs * 2 ** (retry - 1));
  return wait * (1 - jitter * random);
}
