import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Claude } from '../../../src/core/claude/claude.ts';
import { connect } from '../../../src/core/claude/connect.ts';
import { WarmConnection } from '../../../src/host/connection/warm-connection.ts';
import { say } from '../../fakes/messages-api/scripts.ts';
import { startSimulator } from '../../fakes/messages-api/simulator.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

/** A clock that only tests move, and an API that counts what opens a connection to it. */
class Bench {
  hasKey = true;
  connect = (): Promise<Claude | null> => Promise.resolve(this.hasKey ? this.#claude() : null);
  /** When a free request went out, in milliseconds. */
  readonly opened: number[] = [];
  #now = 0;
  #timers: { readonly at: number; readonly run: () => void }[] = [];
  readonly warm: WarmConnection;

  /** @param keeps how long connections are kept; as Node's are without it */
  constructor(keeps: { readonly refreshMs?: number } = {}) {
    this.warm = new WarmConnection({
      ...keeps,
      connect: () => this.connect(),
      now: () => this.#now,
      after: (ms, run) => {
        const timer = { at: this.#now + ms, run };
        this.#timers.push(timer);
        return {
          dispose: () => {
            this.#timers = this.#timers.filter((other) => other !== timer);
          },
        };
      },
    });
  }

  get isWaiting(): boolean {
    return this.#timers.length > 0;
  }

  /** Lets time pass, with what is due in it. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      // The request goes out a turn after it was decided.
      await new Promise((resolve) => setImmediate(resolve));
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.#now = due.at;
      due.run();
    }
    this.#now = end;
  }

  #claude(): Claude {
    const none = (): never => assert.fail('asked for something that costs or tells');
    return {
      streamReply: none,
      getCapabilities: none,
      answerAll: none,
      batches: { create: none, retrieve: none, listRecent: none, cancel: none, results: none },
      countTokens: none,
      countInput: none,
      listModels: none,
      checkKey: () => {
        this.opened.push(this.#now);
        return Promise.resolve({ ok: true, value: null });
      },
    };
  }
}

describe('the connection while somebody writes', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
  });

  it('is opened at once', async () => {
    bench.warm.onTyping();
    await bench.pass(0);
    assert.deepEqual(bench.opened, [0]);
  });

  it('is kept by one request in 3 s, however much is written', async () => {
    for (let time = 0; time < 10_000; time += 100) {
      bench.warm.onTyping();
      await bench.pass(100);
    }
    assert.deepEqual(bench.opened, [0, 3000, 6000, 9000]);
  });

  it('is kept by fewer requests where connections last, as in a browser', async () => {
    bench = new Bench({ refreshMs: 60_000 });
    for (let time = 0; time < 70_000; time += 1000) {
      bench.warm.onTyping();
      await bench.pass(1000);
    }
    assert.deepEqual(bench.opened, [0, 60_000]);
  });

  it('is let go some seconds after the last word', async () => {
    bench.warm.onTyping();
    await bench.pass(60_000);
    assert.deepEqual(bench.opened, [0, 3000, 6000, 9000]);
    assert.equal(bench.isWaiting, false);
    bench.warm.onTyping();
    await bench.pass(0);
    assert.equal(bench.opened.at(-1), 60_000);
  });

  it('is let go at once when the writing ends', async () => {
    bench.warm.onTyping();
    bench.warm.pause();
    await bench.pass(60_000);
    assert.deepEqual(bench.opened, [0]);
    assert.equal(bench.isWaiting, false);
  });

  it('needs no request where another has just gone out', async () => {
    bench.warm.onTyping();
    await bench.pass(2000);
    bench.warm.onRequestSent();
    await bench.pass(2999);
    assert.deepEqual(bench.opened, [0]);
    await bench.pass(1);
    assert.deepEqual(bench.opened, [0, 5000]);
  });

  it('is not asked for more often by whoever begins again and again', async () => {
    for (let time = 0; time < 3000; time += 100) {
      bench.warm.onTyping();
      bench.warm.pause();
      await bench.pass(100);
    }
    assert.deepEqual(bench.opened, [0]);
  });

  it('is the one that the question goes over', async () => {
    await using simulator = await startSimulator(say('Hello.'));
    const claude = connect({
      apiKey: 'sk-ant-unit',
      baseUrl: simulator.url,
      idleTimeoutMs: 2000,
      maxRetries: 0,
      onListenerError: (error) => assert.fail(String(error)),
    });
    const { signal } = new AbortController();
    const opened = Promise.withResolvers<void>();
    const warm = new WarmConnection({
      connect: () =>
        Promise.resolve({
          ...claude,
          checkKey: async () => {
            const checked = await claude.checkKey(signal);
            opened.resolve();
            return checked;
          },
        }),
    });
    warm.onTyping();
    warm.pause();
    await opened.promise;
    // Node waits a turn before it uses a connection again.
    await nextTurn();
    await claude.streamReply(checked(anyRequest), { signal, emit: () => {} });
    const [opening, question] = simulator.requests;
    assert.equal(`${opening?.method} ${opening?.path}`, 'GET /v1/models');
    assert.equal(opening?.body, null);
    assert.equal(question?.path, '/v1/messages');
    assert.equal(question?.port, opening?.port);
    assert.equal(simulator.connections, 1);
  });

  it('is nothing without a key', async () => {
    bench.hasKey = false;
    bench.warm.onTyping();
    await bench.pass(10_000);
    assert.deepEqual(bench.opened, []);
  });

  it('disturbs nobody where it can’t be opened', async () => {
    bench.connect = () => Promise.reject(new Error('no chunk'));
    bench.warm.onTyping();
    await bench.pass(3000);
    assert.deepEqual(bench.opened, []);
  });
});
