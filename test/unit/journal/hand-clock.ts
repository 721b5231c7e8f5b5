import type { JournalClock } from '../../../src/host/storage/journal-writer.ts';

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** A clock that goes on when a test says so. */
export class HandClock implements JournalClock {
  readonly origin = 1_790_000_000_000;
  readonly #timers = new Set<Timer>();
  #now = 0;

  readonly now = (): number => this.#now;

  readonly date = (): number => this.origin + this.#now;

  after(ms: number, run: () => void): { dispose(): void } {
    const timer: Timer = { due: this.#now + ms, run };
    this.#timers.add(timer);
    return { dispose: () => this.#timers.delete(timer) };
  }

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      this.after(ms, resolve);
    });

  /** Lets time pass, and all that is due in it happen. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const [timer] = [...this.#timers]
        .filter(({ due }) => due <= end)
        .sort((a, b) => a.due - b.due);
      if (timer === undefined) break;
      this.#now = timer.due;
      this.#timers.delete(timer);
      timer.run();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}

/** Lets everything happen that waits for no timer. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
