import type * as vscode from 'vscode';
import type { Subscription } from '../core/emitter.ts';

export interface TokenSignal extends Subscription {
  readonly signal: AbortSignal;
}

/** VS Code's token as the signal that the core takes; to be disposed of when the work is done. */
export function signalOf(token: vscode.CancellationToken): TokenSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const subscription = token.onCancellationRequested(() => controller.abort());
  return { signal: controller.signal, dispose: () => subscription.dispose() };
}
