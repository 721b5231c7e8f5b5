import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for something that must happen; fails, naming it, where it hasn't after `ms`. */
export async function within<T>(ms: number, what: () => string, promise: Promise<T>): Promise<T> {
  const stopWaiting = new AbortController();
  const deadline = sleep(ms, undefined, { signal: stopWaiting.signal }).then(
    () => {
      throw new Error(`${what()}: not within ${ms} ms`);
    },
    () => promise,
  );
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    stopWaiting.abort();
  }
}
