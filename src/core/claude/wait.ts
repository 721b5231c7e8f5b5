import type { Subscription } from '../emitter.ts';

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
