import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Rejections that nobody handles: Mocha, run from a program, says nothing of them. */
export class UnhandledRejections {
  readonly #reasons: unknown[] = [];
  readonly #note = (reason: unknown): void => {
    this.#reasons.push(reason);
  };

  watch(): void {
    process.on('unhandledRejection', this.#note);
  }

  dispose(): void {
    process.off('unhandledRejection', this.#note);
  }

  /** Fails where there was one since the last time. */
  async none(): Promise<void> {
    // Node tells of them once the microtasks are done.
    await nextTurn();
    assert.deepEqual(this.#reasons.splice(0), [], 'rejections that nobody handled');
  }
}
