import type { Redact } from './api-key.ts';
import type { CheckedRequest } from './checked-request.ts';
import type { ReplyOptions } from './claude.ts';
import type { ReplyEvent } from './reply-event.ts';
import { type RetryPolicy, retryWaitMs } from './retry.ts';
import type { SlimClient } from './slim-client.ts';
import { streamAttempt } from './stream-attempt.ts';
import { pause } from './wait.ts';

export interface StreamSettings {
  readonly redact: Redact;
  readonly headersTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly retry: RetryPolicy;
  readonly onListenerError: (error: unknown) => void;
}

/**
 * Streams one reply, and tries again where that may help: visibly, and never once something was
 * shown. Ends in exactly one outcome.
 */
export async function streamReply(
  client: SlimClient,
  checked: CheckedRequest,
  options: ReplyOptions,
  settings: StreamSettings,
): Promise<void> {
  const { signal } = options;
  let hasShown = false;
  const emit = (event: ReplyEvent): void => {
    hasShown ||= isShown(event);
    try {
      options.emit(event);
    } catch (error) {
      settings.onListenerError(error);
    }
  };
  const { maxRetries, longestWaitMs } = settings.retry;
  for (let retry = 1; ; retry++) {
    const { outcome, mayTryAgain } = await streamAttempt(client, checked.request, {
      ...settings,
      signal,
      emit,
    });
    if (outcome.kind !== 'broken' || !mayTryAgain || hasShown || retry > maxRetries) {
      emit({ type: 'outcome', outcome });
      return;
    }
    const { failure } = outcome;
    const waitMs = retryWaitMs(failure, retry, Math.random());
    if (waitMs > longestWaitMs) {
      emit({ type: 'outcome', outcome });
      return;
    }
    emit({ type: 'retrying', failure, retry, maxRetries, waitMs });
    await pause(waitMs, signal, options.onRetryNow);
    if (!signal.aborted) emit({ type: 'connecting' });
  }
}

function isShown(event: ReplyEvent): boolean {
  if (event.type === 'tool-call') return true;
  return (event.type === 'text' || event.type === 'thinking') && event.text !== '';
}
