import * as vscode from 'vscode';
import { Emitter } from '../../core/emitter.ts';
import { contextKeys } from '../command-ids.ts';

interface Running {
  readonly controller: AbortController;
  readonly retryNow: Emitter<void>;
  readonly done: Promise<void>;
}

/** What a reply listens to while it streams. */
export interface RunSignals {
  readonly signal: AbortSignal;
  readonly onRetryNow: Emitter<void>['event'];
}

/**
 * The replies that stream now, each with its one AbortController: whatever stops a reply comes
 * through here. The context key says whether there is one.
 */
export class RunningReplies implements vscode.Disposable {
  readonly #running = new Map<string, Running>();

  /** Registers the reply until `work` is settled. */
  run(replyId: string, work: (signals: RunSignals) => Promise<void>): void {
    const controller = new AbortController();
    const retryNow = new Emitter<void>();
    const done = work({ signal: controller.signal, onRetryNow: retryNow.event }).finally(() => {
      this.#running.delete(replyId);
      this.#updateContext();
    });
    this.#running.set(replyId, { controller, retryNow, done });
    this.#updateContext();
  }

  /** Resolves when the reply has its outcome; at once where it isn't running. */
  async stop(replyId: string): Promise<void> {
    const running = this.#running.get(replyId);
    running?.controller.abort();
    await running?.done;
  }

  /** Ends the wait before a retry. */
  retryNow(replyId: string): void {
    this.#running.get(replyId)?.retryNow.fire();
  }

  /** The one that was started last. */
  stopLatest(): void {
    [...this.#running.values()].at(-1)?.controller.abort();
  }

  dispose(): void {
    for (const { controller } of this.#running.values()) controller.abort();
  }

  #updateContext(): void {
    void vscode.commands.executeCommand(
      'setContext',
      contextKeys.streaming,
      this.#running.size > 0,
    );
  }
}
