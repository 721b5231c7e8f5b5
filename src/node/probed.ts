import type { Probed } from '../core/check/probe.ts';
import { errorCode } from '../core/errors.ts';

/**
 * What a look at a hop finds, within a limit. Never rejects.
 * @param look is told by its signal to close what it has opened
 */
export async function probed<T>(
  timeoutMs: number,
  signal: AbortSignal,
  look: (limit: AbortSignal) => Promise<T>,
): Promise<Probed<T>> {
  const limit = new AbortController();
  const end = (): void => limit.abort();
  const timer = setTimeout(end, timeoutMs);
  signal.addEventListener('abort', end);
  // A name server can't be told to stop: what it says late is not waited for.
  const ended = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason));
  });
  try {
    signal.throwIfAborted();
    return { ok: true, value: await Promise.race([look(limit.signal), ended]) };
  } catch (error) {
    return { ok: false, code: limit.signal.aborted ? 'TIMEOUT' : (errorCode(error) ?? 'UNKNOWN') };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
