import type { Claude } from '../../core/claude/claude.ts';
import type { Subscription } from '../../core/emitter.ts';
import { now } from '../../core/time.ts';
import { startTimer } from '../disposables.ts';

/** Node's `fetch` keeps a connection that isn't used for 4 s: a little less, in milliseconds. */
const nodeRefreshMs = 3000;
/** How long after the last word it is kept, in milliseconds: who has gone away needs none. */
const keepWarmMs = 9000;

export interface WarmConnectionOptions {
  /** Null where there is no key. */
  readonly connect: () => Promise<Claude | null>;
  readonly after?: (ms: number, run: () => void) => Subscription;
  readonly now?: () => number;
  /** How long a connection that isn't used is kept by whoever keeps it, in milliseconds. */
  readonly refreshMs?: number;
}

/**
 * Keeps a connection to the API open while somebody writes, so that the question finds it there: a
 * new one takes two trips there and back before its first byte. The requests that open it cost
 * nothing and carry nothing that was written; without a key there are none.
 */
export class WarmConnection {
  readonly #options: Required<WarmConnectionOptions>;
  #timer: Subscription | null = null;
  #typedAt = -Infinity;
  #usedAt = -Infinity;

  constructor(options: WarmConnectionOptions) {
    this.#options = { after: startTimer, now, refreshMs: nodeRefreshMs, ...options };
  }

  /** Somebody begins to write, or writes on. */
  onTyping(): void {
    this.#typedAt = this.#options.now();
    if (this.#timer === null) this.#refresh();
  }

  /** Another request goes out just now: it opens a connection, too. */
  onRequestSent(): void {
    this.#usedAt = this.#options.now();
  }

  /**
   * Nobody writes any more. What is under way is left alone: the question may be about to use it.
   */
  pause(): void {
    this.#timer?.dispose();
    this.#timer = null;
  }

  #refresh(): void {
    const unusedMs = this.#options.now() - this.#usedAt;
    const isDue = unusedMs >= this.#options.refreshMs;
    if (isDue) {
      this.onRequestSent();
      void this.#open();
    }
    this.#timer = this.#options.after(
      isDue ? this.#options.refreshMs : this.#options.refreshMs - unusedMs,
      () => {
        this.#timer = null;
        if (this.#options.now() - this.#typedAt <= keepWarmMs) this.#refresh();
      },
    );
  }

  async #open(): Promise<void> {
    try {
      const claude = await this.#options.connect();
      await claude?.checkKey(new AbortController().signal);
    } catch {
      // The question will say what is wrong; who is writing isn't disturbed.
    }
  }
}
