import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { computeRetryWaitMs } from '../../../src/core/claude/retry.ts';
import { Emitter } from '../../../src/core/emitter.ts';
import { fail, type Script, say, sayThen } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { checked, anyRequest as request } from '../../fakes/request.ts';

/** A reply to a simulator that follows its scripts one request after the other. */
class Trial {
  readonly events: ReplyEvent[] = [];
  readonly stop = new AbortController();
  readonly retryNow = new Emitter<void>();
  readonly #simulator: Simulator;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  async run(maxRetries: number, ...scripts: readonly Script[]): Promise<void> {
    let next = 0;
    this.#simulator.answer(async (exchange) => {
      const script = scripts[Math.min(next++, scripts.length - 1)];
      await script?.(exchange);
    });
    const before = this.#simulator.messages.length;
    await connect({
      apiKey: 'sk-ant-unit',
      baseUrl: this.#simulator.url,
      idleTimeoutMs: 300,
      maxRetries,
      onListenerError: () => {},
    }).streamReply(checked(request), {
      signal: this.stop.signal,
      onRetryNow: this.retryNow.event,
      emit: (event) => {
        this.events.push(event);
        this.onEvent(event);
      },
    });
    this.attempts = this.#simulator.messages.length - before;
  }

  attempts = 0;
  onEvent: (event: ReplyEvent) => void = () => {};

  get types(): readonly string[] {
    return this.events.map(({ type }) => type);
  }

  get retries(): readonly Extract<ReplyEvent, { type: 'retrying' }>[] {
    return this.events.filter((event) => event.type === 'retrying');
  }

  get outcome(): string {
    const last = this.events.at(-1);
    if (last?.type !== 'outcome') return 'none';
    return last.outcome.kind === 'broken' ? last.outcome.failure.kind : last.outcome.kind;
  }
}

describe('retry', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator(say(''));
  });
  after(async () => {
    await simulator[Symbol.asyncDispose]();
  });
  const soon = { 'retry-after-ms': '1' };

  const again: readonly [name: string, Script][] = [
    ['429', fail(429, 'rate_limit_error', 'slow', soon)],
    ['529', fail(529, 'overloaded_error', 'busy', soon)],
    ['500', fail(500, 'api_error', 'oops', soon)],
    ['409', fail(409, 'conflict_error', 'met', soon)],
    ['an overloaded error as the first event', sayThen('', 'overloaded')],
  ];
  for (const [name, script] of again) {
    it(`follows ${name}, and the reply is whole in the end`, async () => {
      const trial = new Trial(simulator);
      trial.onEvent = (event) => {
        if (event.type === 'retrying') setImmediate(() => trial.retryNow.fire());
      };
      await trial.run(2, script, say('whole'));
      assert.equal(trial.outcome, 'complete');
      assert.equal(trial.attempts, 2);
      assert.deepEqual(
        trial.retries.map(({ retry, maxRetries }) => [retry, maxRetries]),
        [[1, 2]],
      );
      const at = trial.types.indexOf('retrying');
      assert.equal(trial.types[at + 1], 'connecting', 'the wait’s end is told');
    });
  }

  const never: readonly [name: string, Script][] = [
    ['a stream that began closes before any text', sayThen('', 'close')],
    ['text was shown', sayThen('some text', 'overloaded')],
    ['the key is wrong', fail(401, 'authentication_error', 'no')],
    ['the request is wrong', fail(400, 'invalid_request_error', 'no')],
    [
      'the spending limit is reached',
      fail(429, 'rate_limit_error', 'no', soon, 'enforced_spend_limit_reached'),
    ],
    [
      'the API says that it should not be',
      fail(529, 'overloaded_error', 'no', { ...soon, 'x-should-retry': 'false' }),
    ],
    ['the wait would be too long', fail(429, 'rate_limit_error', 'no', { 'retry-after': '3600' })],
  ];
  it('is made of whatever the API says that it should be', async () => {
    const trial = new Trial(simulator);
    const headers = { ...soon, 'x-should-retry': 'true' };
    await trial.run(2, fail(400, 'invalid_request_error', 'not now', headers), say('whole'));
    assert.equal(trial.attempts, 2);
    assert.equal(trial.outcome, 'complete');
  });

  for (const [name, script] of never) {
    it(`is not made when ${name}`, async () => {
      const trial = new Trial(simulator);
      await trial.run(2, script, say('whole'));
      assert.equal(trial.attempts, 1);
      assert.deepEqual(trial.retries, []);
      assert.notEqual(trial.outcome, 'complete');
    });
  }

  it('gives up after the last try', async () => {
    const trial = new Trial(simulator);
    await trial.run(2, fail(529, 'overloaded_error', 'busy', soon));
    assert.equal(trial.attempts, 3);
    assert.equal(trial.outcome, 'overloaded');
  });

  it('may be told to go on while it is being asked', async () => {
    const trial = new Trial(simulator);
    Object.assign(trial.retryNow, {
      event: (goOn: () => void) => {
        goOn();
        return { dispose: () => {} };
      },
    });
    await trial.run(
      2,
      fail(529, 'overloaded_error', 'busy', { 'retry-after': '50' }),
      say('whole'),
    );
    assert.equal(trial.outcome, 'complete');
  });

  it('is stopped in the wait, at once and for good', async () => {
    const trial = new Trial(simulator);
    trial.onEvent = (event) => {
      if (event.type === 'retrying') trial.stop.abort();
    };
    await trial.run(2, fail(429, 'rate_limit_error', 'slow', { 'retry-after': '50' }));
    assert.equal(trial.outcome, 'stopped');
    assert.equal(trial.attempts, 1);
    assert.ok(!trial.types.includes('connecting'));
  });
});

describe('wait before a retry', () => {
  const overloaded = { kind: 'overloaded', retryAfterMs: null } as const;
  const cases: readonly [retry: number, random: number, ms: number][] = [
    [1, 0, 500],
    [2, 0, 1000],
    [5, 0, 8000],
    [9, 0, 8000],
    [1, 1, 375],
  ];
  for (const [retry, random, ms] of cases) {
    it(`is ${ms} ms before retry ${retry}, at random ${random}`, () => {
      assert.equal(computeRetryWaitMs(overloaded, retry, random), ms);
    });
  }
  it('is what the server asks for', () => {
    assert.equal(computeRetryWaitMs({ kind: 'rate-limited', retryAfterMs: 7000 }, 1, 1), 7000);
  });
});
