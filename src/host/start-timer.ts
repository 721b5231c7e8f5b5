import type { Subscription } from '../core/emitter.ts';

/** Runs it once, later, unless it is disposed of before. */
export function startTimer(ms: number, run: () => void): Subscription {
  const timer = setTimeout(run, ms);
  return { dispose: () => clearTimeout(timer) };
}
