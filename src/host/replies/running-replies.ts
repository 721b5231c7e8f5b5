import * as vscode from 'vscode';
import { contextKeys } from '../command-ids.ts';

/**
 * The replies that stream now, each with its one AbortController: whatever stops a reply comes
 * through here. The context key says whether there is one.
 */
export class RunningReplies implements vscode.Disposable {
  readonly #controllers = new Map<string, AbortController>();

  /** Registers the reply until `work` is settled. */
  async run(replyId: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    this.#controllers.set(replyId, controller);
    this.#updateContext();
    try {
      await work(controller.signal);
    } finally {
      this.#controllers.delete(replyId);
      this.#updateContext();
    }
  }

  stop(replyId: string): void {
    this.#controllers.get(replyId)?.abort();
  }

  /** The one that was started last. */
  stopLatest(): void {
    [...this.#controllers.values()].at(-1)?.abort();
  }

  dispose(): void {
    for (const controller of this.#controllers.values()) controller.abort();
  }

  #updateContext(): void {
    void vscode.commands.executeCommand(
      'setContext',
      contextKeys.streaming,
      this.#controllers.size > 0,
    );
  }
}
