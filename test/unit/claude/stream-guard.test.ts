import assert from 'node:assert/strict';
import { StreamWatchdog } from '../../../src/core/claude/stream-watchdog.ts';

/** Timers and a clock that a test moves by hand. */
class HandClock {
  now = 0;
  #due: { readonly at: number; readonly run: () => void }[] = [];
  readonly #real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

  install(): void {
    Object.assign(globalThis, {
      setTimeout: (run: () => void, ms: number) => {
        const timer = { at: this.now + ms, run };
        this.#due.push(timer);
        return timer;
      },
      clearTimeout: (timer: unknown) => {
        this.#due = this.#due.filter((due) => due !== timer);
      },
    });
  }

  uninstall(): void {
    Object.assign(globalThis, this.#real);
  }

  /** Time passes while the machine is awake. */
  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#due = this.#due.filter((due) => due !== next);
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    this.now = end;
  }

  /** The machine sleeps: the clock jumps, and no timer runs until it is awake. */
  sleep(ms: number): void {
    this.now += ms;
  }

  get timers(): number {
    return this.#due.length;
  }
}

describe('stream guard', () => {
  const clock = new HandClock();
  let stalls = 0;
  let guard: StreamWatchdog;
  let send: (bytes: Uint8Array) => void;

  beforeEach(async () => {
    clock.now = 0;
    stalls = 0;
    guard = new StreamWatchdog(
      60_000,
      () => stalls++,
      () => clock.now,
    );
    clock.install();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        send = (bytes) => {
          controller.enqueue(bytes);
          guard.noteActivity();
        };
      },
    });
    const headers = { 'content-type': 'text/event-stream' };
    const next = async (): Promise<Response> => new Response(body, { headers });
    await guard.middleware({ url: '', headers: new Headers() }, next, {
      logger: console,
      parse: () => Promise.reject(new Error('not asked for')),
    });
  });
  afterEach(() => {
    guard.dispose();
    clock.uninstall();
    assert.equal(clock.timers, 0, 'no timer is left');
  });

  it('finds a stall at the limit, not before', () => {
    clock.pass(59_900);
    assert.equal(stalls, 0);
    clock.pass(100);
    assert.equal(stalls, 1);
  });

  it('takes any byte for life', () => {
    for (let count = 0; count < 10; count++) {
      clock.pass(59_000);
      send(new Uint8Array(1));
    }
    assert.equal(stalls, 0);
    clock.pass(60_000);
    assert.equal(stalls, 1);
  });

  it('does not take a sleep for silence', () => {
    clock.pass(10_000);
    clock.sleep(8 * 3600_000);
    clock.pass(48_000);
    assert.equal(stalls, 0);
    clock.pass(3000);
    assert.equal(stalls, 1, 'silence while awake counts before and after the sleep');
  });
});
