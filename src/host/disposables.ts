import type * as vscode from 'vscode';
import type { Subscription } from '../core/emitter.ts';

interface TokenSignal extends Subscription {
  readonly signal: AbortSignal;
}

/** VS Code's token as the signal that the core takes; to be disposed of when the work is done. */
export function abortSignalFor(token: vscode.CancellationToken): TokenSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const subscription = token.onCancellationRequested(() => controller.abort());
  return { signal: controller.signal, dispose: () => subscription.dispose() };
}

/** Runs it once, later, unless it is disposed of before. */
export function startTimer(ms: number, run: () => void): Subscription {
  const timer = setTimeout(run, ms);
  return { dispose: () => clearTimeout(timer) };
}
