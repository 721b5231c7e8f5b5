import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BatchResult, BatchRetryWait } from '../../../src/core/claude/claude.ts';
import { connect } from '../../../src/core/claude/connect.ts';
import { readJsonLines } from '../../../src/core/claude/message-batches.ts';
import type { Outcome } from '../../../src/core/claude/reply-event.ts';
import { noUsage } from '../../../src/core/claude/usage.ts';
import { calculateCost } from '../../../src/core/usage/price.ts';
import type { SimulatedResult } from '../../fakes/messages-api/batches.ts';
import { fail, page, redirectTo, say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { errorBody, wholeMessage } from '../../fakes/messages-api/wire.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

const apiKey = 'sk-ant-unit-batches';
const { signal } = new AbortController();
const model = 'claude-sonnet-5-5';

describe('message batches', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator(say(''));
  });
  afterEach(() => simulator[Symbol.asyncDispose]());

  const connected = () =>
    connect({
      apiKey,
      baseUrl: simulator.url,
      idleTimeoutMs: 300,
      maxRetries: 1,
      onListenerError: () => {},
    }).batches;

  const items = ['a', 'b', 'c'].map((id) => ({
    id,
    request: checked({ ...anyRequest, userText: `about ${id}` }),
  }));

  async function createAndEnd(): Promise<string> {
    const created = await connected().create(items, signal);
    assert.ok(created.ok);
    simulator.batches.end();
    return created.value.id;
  }

  async function resultsOf(id: string) {
    const results: BatchResult[] = [];
    const end = await connected().results(id, model, signal, (result) => results.push(result));
    return { end, results };
  }

  it('are sent with an id for each request, and without streaming', async () => {
    const created = await connected().create(items, signal);
    assert.ok(created.ok);
    assert.deepEqual([created.value.phase, created.value.size], ['in-progress', 3]);
    const [batch] = simulator.batches.created;
    assert.deepEqual(
      batch?.requests.map(({ custom_id, params }) => [custom_id, params.messages.at(-1)?.content]),
      [
        ['a', 'about a'],
        ['b', 'about b'],
        ['c', 'about c'],
      ],
    );
  });

  it('give their results in no order, matched by their ids', async () => {
    const { end, results } = await resultsOf(await createAndEnd());
    assert.deepEqual(end, { ok: true, value: 0 });
    assert.deepEqual(
      results.map(({ id, answer }) => [id, answer.text, answer.outcome.kind]),
      [
        ['c', 'Answer to c.', 'complete'],
        ['b', 'Answer to b.', 'complete'],
        ['a', 'Answer to a.', 'complete'],
      ],
    );
  });

  const succeeded = (stopReason: string): SimulatedResult => ({
    type: 'succeeded',
    message: wholeMessage(model, 'Text', { stopReason }),
  });
  const errored = (type: string, message: string): SimulatedResult => ({
    type: 'errored',
    error: errorBody(type, message),
  });
  const outcomes: readonly [name: string, result: SimulatedResult, outcome: Outcome][] = [
    ['an answer', succeeded('end_turn'), { kind: 'complete' }],
    ['a cut one', succeeded('max_tokens'), { kind: 'cut', limit: 'max-tokens' }],
    ['a refusal', succeeded('refusal'), { kind: 'refused', category: null, explanation: null }],
    [
      'an error',
      errored('invalid_request_error', `too long for ${apiKey}`),
      {
        kind: 'broken',
        failure: { kind: 'invalid-request', detail: 'too long for [API key]' },
      },
    ],
    [
      'an unknown model',
      errored('not_found_error', 'model: x'),
      { kind: 'broken', failure: { kind: 'model-not-found', model, detail: 'model: x' } },
    ],
    ['a cancelled one', { type: 'canceled' }, { kind: 'stopped' }],
    ['an expired one', { type: 'expired' }, { kind: 'broken', failure: { kind: 'expired' } }],
  ];
  for (const [name, result, outcome] of outcomes) {
    it(`say how each request ended: ${name}`, async () => {
      simulator.batches.resultOf = () => result;
      const { results } = await resultsOf(await createAndEnd());
      assert.deepEqual(results[0]?.answer.outcome, outcome);
      assert.equal(results[0]?.answer.model, model);
    });
  }

  it('lose only the lines that can’t be read', async () => {
    simulator.batches.linesOf = (lines) =>
      `${lines[0]}\n{"custom_id": "b", "resu\n\n"a text"\n${lines[2]}`;
    const { end, results } = await resultsOf(await createAndEnd());
    assert.deepEqual(end, { ok: true, value: 2 });
    assert.deepEqual(
      results.map(({ id }) => id),
      ['a', 'c'],
    );
  });

  it('keep what came before the connection broke', async () => {
    const id = await createAndEnd();
    simulator.failNext(/results/, async ({ response }) => {
      response.writeHead(200, { 'content-type': 'application/x-jsonl' });
      const result = { type: 'expired' };
      response.write(`${JSON.stringify({ custom_id: 'a', result })}\n{"custom`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      response.socket?.resetAndDestroy();
    });
    const { end, results } = await resultsOf(id);
    assert.equal(end.ok ? null : end.failure.kind, 'network');
    assert.deepEqual(
      results.map((result) => result.id),
      ['a'],
    );
  });

  it('are never asked for at another server, whatever the API says', async () => {
    await using elsewhere = await startSimulator(say(''));
    simulator.batches.resultsOrigin = elsewhere.url;
    const id = await createAndEnd();
    const { end } = await resultsOf(id);
    assert.deepEqual(end, { ok: true, value: 0 });
    simulator.failNext(
      /results/,
      redirectTo(307, `${elsewhere.url}/v1/messages/batches/x/results`),
    );
    const redirected = await resultsOf(id);
    assert.deepEqual(redirected.end, { ok: false, failure: { kind: 'not-found' } });
    assert.equal(elsewhere.connections, 0);
  });

  it('aren’t steered by the environment, which a workspace may set', async () => {
    await using spy = await startSimulator(say(''));
    const hostile = {
      ANTHROPIC_BASE_URL: spy.url,
      ANTHROPIC_CUSTOM_HEADERS: 'x-spy: 1\nauthorization: Bearer spy',
      ANTHROPIC_AUTH_TOKEN: 'spy',
      ANTHROPIC_WORKSPACE_ID: 'wrkspc_spy',
    };
    Object.assign(process.env, hostile);
    try {
      const id = await createAndEnd();
      const batches = connected();
      await batches.listRecent(signal);
      await batches.retrieve(id, signal);
      await batches.cancel(id, signal);
      await resultsOf(id);
    } finally {
      for (const name of Object.keys(hostile)) delete process.env[name];
    }
    assert.equal(spy.connections, 0);
    assert.equal(simulator.requests.length, 5);
    for (const { headers } of simulator.requests) {
      assert.equal(headers.authorization, `Bearer ${apiKey}`);
      assert.deepEqual(
        [headers['x-spy'], headers['anthropic-workspace-id']],
        [undefined, undefined],
      );
    }
  });

  it('are sent again where the API did not take them', async () => {
    const waits: BatchRetryWait[] = [];
    simulator.failNext(
      /^POST .*batches$/,
      fail(429, 'rate_limit_error', 'Slow down', { 'retry-after-ms': '1' }),
    );
    const created = await connected().create(items, signal, (wait) => waits.push(wait));
    assert.ok(created.ok);
    assert.deepEqual(
      waits.map(({ failure, waitMs }) => [failure.kind, waitMs]),
      [['rate-limited', 1]],
    );
    assert.equal(simulator.batches.created.length, 1);
  });

  it('are not sent again where the API may have taken them', async () => {
    simulator.failNext(/^POST .*batches$/, fail(500, 'api_error', 'Oops'));
    const created = await connected().create(items, signal);
    assert.equal(created.ok ? null : created.failure.kind, 'server-error');
    assert.equal(simulator.requests.filter(({ method }) => method === 'POST').length, 1);
  });

  it('are listed, newest first', async () => {
    await createAndEnd();
    await createAndEnd();
    const recent = await connected().listRecent(signal);
    assert.ok(recent.ok);
    assert.deepEqual(
      recent.value.batches.map(({ id, phase, size }) => [id, phase, size]),
      [
        ['msgbatch_0002', 'ended', 3],
        ['msgbatch_0001', 'ended', 3],
      ],
    );
  });

  it('can be cancelled: what was answered stays', async () => {
    const batches = connected();
    const created = await batches.create(items, signal);
    assert.ok(created.ok);
    const [batch] = simulator.batches.created;
    assert.ok(batch !== undefined);
    batch.answeredBefore = 1;
    const canceled = await batches.cancel(created.value.id, signal);
    assert.equal(canceled.ok && canceled.value.phase, 'canceling');
    simulator.batches.end();
    const { results } = await resultsOf(created.value.id);
    assert.deepEqual(results.map(({ id, answer }) => [id, answer.outcome.kind]).toSorted(), [
      ['a', 'complete'],
      ['b', 'stopped'],
      ['c', 'stopped'],
    ]);
  });

  it('say so where the key doesn’t know them', async () => {
    const batches = connected();
    const unknown = { ok: false, failure: { kind: 'batch-not-found' } };
    assert.deepEqual(await batches.retrieve('msgbatch_9', signal), unknown);
    assert.deepEqual(await batches.cancel('msgbatch_9', signal), unknown);
    assert.deepEqual((await resultsOf('../models')).end, unknown);
  });

  const bad: readonly [name: string, body: string, kind: string][] = [
    ['no JSON', '{', 'malformed'],
    ['something else', '{"id": "x"}', 'malformed'],
  ];
  for (const [name, body, kind] of bad) {
    it(`fail as what they are where the API says ${name}`, async () => {
      simulator.failNext(/batches/, page('application/json', body));
      const status = await connected().retrieve('msgbatch_1', signal);
      assert.equal(status.ok ? null : status.failure.kind, kind);
    });
  }

  it('cost half', () => {
    const usage = { ...noUsage, input: 1_000_000, output: 100_000 };
    assert.equal(calculateCost(model, usage, {}), 3);
    assert.equal(calculateCost(model, usage, {}, { serviceTier: 'batch' }), 1.5);
    assert.equal(
      calculateCost(model, usage, { [model]: { input: 1, output: 0 } }, { serviceTier: 'batch' }),
      0.5,
    );
    assert.equal(calculateCost('claude-none', usage, {}, { serviceTier: 'batch' }), null);
  });
});

describe('JSON lines', () => {
  const stream = (chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });

  it('are the same however the bytes are cut', async () => {
    const values = fc.array(fc.record({ text: fc.string({ unit: 'binary' }) }), { maxLength: 6 });
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    const ends = fc.constantFrom('\n', '\r\n', '\n\n');
    await fc.assert(
      fc.asyncProperty(values, sizes, ends, fc.boolean(), async (written, cuts, end, last) => {
        const text = written.map((value) => JSON.stringify(value)).join(end) + (last ? end : '');
        const bytes = new TextEncoder().encode(text);
        const chunks: Uint8Array[] = [];
        for (let at = 0, n = 0; at < bytes.length; n++) {
          const size = cuts[n % cuts.length] ?? 1;
          chunks.push(bytes.slice(at, at + size));
          at += size;
        }
        const read: unknown[] = [];
        for await (const value of readJsonLines(stream(chunks))) read.push(value);
        // What JSON can't tell apart, such as a lone surrogate, comes back as JSON gives it.
        assert.deepEqual(read, JSON.parse(`[${written.map((v) => JSON.stringify(v)).join()}]`));
      }),
      { numRuns: 60 },
    );
  });
});
