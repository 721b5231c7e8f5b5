import type { Subscription } from '../emitter.ts';
import type { ReplyOptions } from './claude.ts';
import type { ReplyEvent } from './reply-event.ts';
import type { ClaudeRequest } from './request.ts';
import { type RetryPolicy, retryWaitMs } from './retry.ts';
import type { SlimClient } from './slim-client.ts';
import { streamAttempt } from './stream-attempt.ts';

export interface StreamSettings {
  readonly apiKey: string;
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
  request: ClaudeRequest,
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
    const { outcome, mayTryAgain } = await streamAttempt(client, request, {
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
    await waitToRetry(waitMs, signal, options.onRetryNow);
    if (!signal.aborted) emit({ type: 'connecting' });
  }
}

/** Ends early when the user stops the reply, or doesn't want to wait. */
function waitToRetry(
  waitMs: number,
  signal: AbortSignal,
  onRetryNow: ReplyOptions['onRetryNow'],
): Promise<void> {
  return new Promise((resolve) => {
    let subscription: Subscription | undefined;
    let isOver = signal.aborted;
    const go = (): void => {
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', go);
      subscription?.dispose();
      resolve();
    };
    const timer = setTimeout(go, waitMs);
    signal.addEventListener('abort', go);
    subscription = onRetryNow?.(go);
    // Aborted already, or told to go on while it was asked: `go` had no subscription to end then.
    if (isOver) go();
  });
}

function isShown(event: ReplyEvent): boolean {
  if (event.type === 'tool-call') return true;
  return (event.type === 'text' || event.type === 'thinking') && event.text !== '';
}
