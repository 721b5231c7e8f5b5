import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import { countRun } from '../../../src/host/batches/choose-mode.ts';
import { fail, say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

const { signal } = new AbortController();

describe('the price of a run, before it is sent', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator(say(''));
  });
  afterEach(() => simulator[Symbol.asyncDispose]());

  const requests = Array.from({ length: 9 }, (_, index) => ({
    ...anyRequest,
    userText: 'word '.repeat(1000 * (index + 1)),
  }));
  const counted = (given = requests) => {
    const options = { apiKey: 'sk-ant-unit', idleTimeoutMs: 300, maxRetries: 0 };
    const claude = connect({ ...options, baseUrl: simulator.url, onListenerError: () => {} });
    const told: number[] = [];
    return countRun(given.map(checked), claude, {}, signal, (done) => told.push(done)).then(
      (count) => ({
        ...count,
        told,
      }),
    );
  };
  const asked = (): number => simulator.requests.length;

  it('is the API’s count of each, at the full and at half the price', async () => {
    const { tokens, exact, cost, told } = await counted();
    assert.equal(exact, true);
    assert.equal(asked(), 9);
    assert.deepEqual(told, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.ok(Math.abs((cost('now') ?? 0) - (tokens * 2) / 1_000_000) < 1e-12);
    assert.ok(Math.abs((cost('batch') ?? 0) - tokens / 1_000_000) < 1e-12);
  });

  it('is an estimate where one of them can’t be counted', async () => {
    simulator.failNext(/count_tokens/, fail(500, 'api_error', 'Oops'));
    const { tokens, exact } = await counted();
    assert.equal(exact, false);
    assert.equal(asked(), 9);
    assert.ok(tokens > 0);
  });

  it('isn’t asked for again and again where the API refuses to count', async () => {
    for (let count = 0; count < 9; count++) {
      simulator.failNext(/count_tokens/, fail(429, 'rate_limit_error', 'Slow down'));
    }
    const { exact, told } = await counted();
    assert.equal(exact, false);
    assert.ok(asked() <= 4, String(asked()));
    assert.equal(told.length, 9);
  });

  it('isn’t known where the model’s isn’t', async () => {
    const { cost } = await counted([{ ...anyRequest, model: 'claude-none' }]);
    assert.equal(cost('now'), null);
  });
});
