import assert from 'node:assert/strict';
import {
  createItemId,
  type PricedAnswer,
  type RunPlan,
} from '../../../src/core/batches/file-run.ts';
import type { CheckedRequest } from '../../../src/core/claude/checked-request.ts';
import { connect } from '../../../src/core/claude/connect.ts';
import type { Failure } from '../../../src/core/claude/failure.ts';
import { Emitter } from '../../../src/core/emitter.ts';
import { followBatch } from '../../../src/host/batches/follow-batch.ts';
import {
  type PollTiming,
  type RunObserver,
  type RunProgress,
  type RunServices,
  RunStore,
} from '../../../src/host/batches/run-services.ts';
import { runNow, sendBatch } from '../../../src/host/batches/send-run.ts';

import { MemoryStorage } from '../../fakes/memory-storage.ts';
import { fail, Gate, page, type Script, say } from '../../fakes/messages-api/scripts.ts';
import { rejectedKey, type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { errorBody, wholeMessage } from '../../fakes/messages-api/wire.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

const polling: PollTiming = { initialMs: 1, maxMs: 4, listingGraceMs: 0 };

/** A window of VS Code: what it counts is its own, the disk and the API are everybody's. */
class Window implements RunObserver {
  readonly storage: MemoryStorage;
  readonly store: RunStore;
  parts: RunServices;
  readonly counted: [id: string, answer: PricedAnswer][] = [];
  readonly steps: RunProgress[] = [];
  readonly problems: unknown[] = [];
  readonly #closing = new AbortController();
  readonly #hurry = new Emitter<void>();
  readonly #stepped = new Emitter<RunProgress>();
  readonly signal = this.#closing.signal;
  readonly onPollNow = this.#hurry.event;

  constructor(url: string, storage = new MemoryStorage(), apiKey = 'sk-ant-unit') {
    this.storage = storage;
    this.store = new RunStore(storage);
    const claude = connect({
      apiKey,
      baseUrl: url,
      idleTimeoutMs: 300,
      maxRetries: 1,
      onListenerError: () => {},
    });
    this.parts = {
      store: this.store,
      connect: async () => claude,
      prices: () => ({}),
      count: async (id, answer) => {
        this.counted.push([id, answer]);
      },
      onProblem: (error) => this.problems.push(error),
      polling,
    };
  }

  readonly report = (step: RunProgress): void => {
    this.steps.push(step);
    this.#stepped.fire(step);
  };

  pollNow(): void {
    this.#hurry.fire();
  }

  close(): void {
    this.#closing.abort();
  }

  /** Resolves with the next step of this type. */
  step(type: RunProgress['type']): Promise<void> {
    return new Promise((resolve) => {
      const subscription = this.#stepped.event((step) => {
        if (step.type !== type) return;
        subscription.dispose();
        resolve();
      });
    });
  }
}

const plan = (mode: RunPlan['mode'], id = 'run1', files = 3): RunPlan => ({
  id,
  at: Date.now(),
  mode,
  prompt: 'Explain',
  model: anyRequest.model,
  items: Array.from({ length: files }, (_, index) => ({
    id: createItemId(id, index),
    file: `src/${index}.ts`,
  })),
  leftOut: [],
});

const requestsFor = ({ items }: RunPlan): readonly CheckedRequest[] =>
  items.map(({ file }) => checked({ ...anyRequest, userText: `about ${file}` }));

const { signal: never } = new AbortController();

describe('a prompt on many files', () => {
  let simulator: Simulator;
  let window: Window;
  beforeEach(async () => {
    simulator = await startSimulator(say('An answer.'));
    window = new Window(simulator.url);
  });
  afterEach(() => simulator[Symbol.asyncDispose]());

  const send = (sent = plan('batch'), by = window) =>
    sendBatch(sent, requestsFor(sent), by.parts, by, () => simulator.batches.end());

  describe('as a batch', () => {
    it('brings every answer, counted once and at half the price', async () => {
      const end = await send();
      assert.equal(end.kind, 'ended');
      const run = await window.store.read('run1');
      assert.deepEqual(
        [...(run?.answers ?? [])].map(([id, { text }]) => [id, text]),
        ['0001', '0002', '0003'].map((n) => [`run1-${n}`, `Answer to run1-${n}.`]),
      );
      assert.equal(run?.hasEnded, true);
      // 100 tokens in and 20 out, at 2 and 10 dollars a million, halved.
      assert.deepEqual(
        window.counted.map(([id, { cost }]) => [id, cost]),
        ['0001', '0002', '0003'].map((n) => [`run1-${n}`, 0.0002]),
      );
    });

    it('is on the disk before it is sent', async () => {
      let known: unknown;
      simulator.failNext(/^POST .*batches$/, async (exchange) => {
        known = await window.store.read('run1');
        await fail(400, 'invalid_request_error', 'No')(exchange);
      });
      await send();
      assert.ok(known !== null && known !== undefined);
    });

    it('isn’t sent where the disk can’t hold what was sent', async () => {
      window.storage.full = true;
      const end = await send();
      assert.equal(end.kind, 'unsent');
      assert.equal(simulator.requests.length, 0);
    });

    it('is followed all the same where the disk can’t hold its id', async () => {
      simulator.failNext(/^POST .*batches$/, async ({ response }) => {
        const sent = plan('batch');
        const params = { model: sent.model, max_tokens: 1, messages: [] };
        const created = simulator.batches.create(
          sent.items.map(({ id }) => ({ custom_id: id, params })),
        );
        simulator.batches.end();
        window.storage.tearAfter = 7;
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(created));
      });
      const end = await send();
      assert.ok(end.kind === 'ended');
      assert.equal(end.run.answers.size, 3);
      assert.equal(window.problems.length, 1);
    });

    const refusals: readonly [name: string, script: Script, kind: Failure['kind']][] = [
      ['refused', fail(400, 'invalid_request_error', 'No'), 'invalid-request'],
      ['too large', fail(413, 'request_too_large', 'No'), 'too-large'],
      [
        'overloaded twice',
        fail(529, 'overloaded_error', 'No', { 'retry-after-ms': '1' }),
        'overloaded',
      ],
    ];
    for (const [name, script, kind] of refusals) {
      it(`leaves nothing behind where it is ${name}`, async () => {
        simulator.failNext(/^POST .*batches$/, script);
        simulator.failNext(/^POST .*batches$/, script);
        const end = await send();
        assert.ok(end.kind === 'unsent');
        assert.equal(end.failure?.kind, kind);
        assert.deepEqual(await window.store.list(), []);
      });
    }

    it('goes on asking while the API can’t be had, and says why', async () => {
      simulator.failNext(/^GET/, fail(529, 'overloaded_error', 'Later', { 'retry-after-ms': '1' }));
      simulator.failNext(/^GET/, page('application/json', 'torn'));
      assert.equal((await send()).kind, 'ended');
      assert.deepEqual(
        window.steps.flatMap((step) => (step.type === 'retrying' ? [step.failure.kind] : [])),
        ['overloaded', 'malformed'],
      );
    });

    it('reads the results again where they broke off', async () => {
      simulator.failNext(/results$/, page('application/x-jsonl', '{"custom_id": "run1-0001", "re'));
      assert.equal((await send()).kind, 'ended');
      assert.equal(window.counted.length, 3);
    });

    it('says so of each file whose result can’t be read, and keeps the others', async () => {
      simulator.batches.linesOf = ([first, second]) => `${second}\n${first?.slice(0, 40)}\n`;
      const end = await send();
      assert.ok(end.kind === 'ended');
      assert.deepEqual(
        [...end.run.answers.values()].map(({ outcome }) => outcome.kind),
        ['broken', 'complete', 'broken'],
      );
    });

    it('can be followed again after a failure that somebody has to mend', async () => {
      simulator.failNext(/^GET/, fail(403, 'permission_error', 'Not now'));
      const end = await send();
      assert.ok(end.kind === 'failed' && end.failure.kind === 'permission');
      const again = await followBatch('run1', window.parts, window);
      assert.equal(again.kind, 'ended');
      assert.equal(window.counted.length, 3);
    });

    it('goes on in another window after a restart, and is counted once', async () => {
      const sent = plan('batch');
      const running = sendBatch(sent, requestsFor(sent), window.parts, window);
      await window.step('progress');
      window.close();
      assert.deepEqual(await running, { kind: 'detached' });
      assert.equal(window.counted.length, 0);

      simulator.batches.end();
      const next = new Window(simulator.url, window.storage);
      const end = await followBatch('run1', next.parts, next);
      assert.ok(end.kind === 'ended' && end.firstSeen);
      assert.equal(next.counted.length, 3);

      const third = new Window(simulator.url, window.storage);
      const old = await followBatch('run1', third.parts, third);
      assert.ok(old.kind === 'ended' && !old.firstSeen);
      assert.equal(third.counted.length, 0);
    });

    it('is found again where its id was lost on the way', async () => {
      const other = plan('batch', 'other');
      const earlier = new Window(simulator.url, window.storage);
      await send(other, earlier);
      const lost: Script = async ({ response }) => {
        const { created } = simulator.batches;
        const sent = plan('batch');
        simulator.batches.create(
          requestsFor(sent).map(({ request }, index) => ({
            custom_id: createItemId('run1', index),
            params: { ...request, max_tokens: 1, messages: [], system: '' },
          })),
        );
        simulator.batches.end(created.at(-1)?.id);
        response.socket?.resetAndDestroy();
      };
      simulator.failNext(/^POST .*batches$/, lost);
      const end = await send(plan('batch'));
      assert.ok(end.kind === 'ended');
      assert.equal(end.run.batchId, 'msgbatch_0002');
      assert.equal(window.counted.length, 3);
    });

    it('takes no other’s batch for its own', async () => {
      // Of the same size and time, sent by another program.
      simulator.batches.create(
        ['x', 'y', 'z'].map((custom_id) => ({
          custom_id,
          params: { model: 'claude-sonnet-5-5', max_tokens: 1, messages: [] },
        })),
      );
      simulator.batches.end();
      simulator.failNext(/^POST .*batches$/, fail(500, 'api_error', 'Oops'));
      const end = await send();
      assert.deepEqual(end, { kind: 'missing', firstSeen: true });
      assert.equal(window.counted.length, 0);
    });

    it('is kept where the API doesn’t list it, said once, and found when it turns up', async () => {
      simulator.failNext(/^POST .*batches$/, fail(500, 'api_error', 'Oops'));
      assert.deepEqual(await send(), { kind: 'missing', firstSeen: true });
      assert.deepEqual(await followBatch('run1', window.parts, window), {
        kind: 'missing',
        firstSeen: false,
      });
      assert.equal((await window.store.read('run1'))?.isMissing, true);
      createAtApi();
      simulator.batches.end();
      const end = await followBatch('run1', window.parts, window);
      assert.ok(end.kind === 'ended' && end.run.answers.size === 3);
      assert.equal(end.run.isMissing, false);
    });

    it('is looked for from the time when it was sent, not when it was planned', async () => {
      simulator.failNext(/^POST .*batches$/, fail(500, 'api_error', 'Oops'));
      window.parts = { ...window.parts, polling: { ...polling, listingGraceMs: 600_000 } };
      // Three hours of thinking in the dialogs.
      const sent = { ...plan('batch'), at: Date.now() - 3 * 3_600_000 };
      const running = sendBatch(sent, requestsFor(sent), window.parts, window);
      await window.step('looking');
      createAtApi();
      simulator.batches.end();
      assert.equal((await running).kind, 'ended');
    });

    it('is stamped again with each retry', async () => {
      const retryAfter = { 'retry-after-ms': '1' };
      simulator.failNext(/^POST .*batches$/, fail(529, 'overloaded_error', 'No', retryAfter));
      const before = Date.now();
      assert.equal((await send()).kind, 'ended');
      const records = window.storage.text('run1')?.match(/"type":"sending","at":(\d+)/);
      assert.ok(Number(records?.[1]) >= before);
    });

    it('is found by the API’s clock, however wrong this machine’s is', async () => {
      simulator.batches.clockAheadMs = 5 * 3_600_000;
      simulator.failNext(/^POST .*batches$/, async ({ response }) => {
        createAtApi();
        simulator.batches.end();
        response.socket?.resetAndDestroy();
      });
      assert.equal((await send()).kind, 'ended');
    });

    it('is written down again where its plan is gone when its id comes', async () => {
      simulator.failNext(/^POST .*batches$/, async ({ response }) => {
        const created = createAtApi();
        await window.store.delete('run1');
        simulator.batches.end();
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(created));
      });
      const end = await send();
      assert.ok(end.kind === 'ended');
      assert.equal(window.counted.length, 3);
    });

    describe('once it is to be removed', () => {
      const removing = { type: 'removing' } as const;

      it('while it is sent: it is cancelled when it has its id, and then forgotten', async () => {
        simulator.failNext(/^POST .*batches$/, async ({ response }) => {
          await window.store.append('run1', removing);
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(JSON.stringify(createAtApi()));
        });
        const sent = plan('batch');
        const end = await sendBatch(sent, requestsFor(sent), window.parts, window);
        assert.deepEqual(end, { kind: 'detached' });
        assert.equal(simulator.batches.created[0]?.phase, 'canceling');
        assert.deepEqual(await window.store.list(), []);
      });

      it('without a key: it is kept until somebody with a key follows it', async () => {
        await sendAndLeave();
        await window.store.append('run1', removing);
        const keyless = { ...window.parts, connect: async () => null };
        const next = new Window(simulator.url, window.storage);
        assert.equal((await followBatch('run1', keyless, next)).kind, 'failed');
        assert.equal((await window.store.read('run1'))?.isRemoving, true);
        assert.deepEqual(await followBatch('run1', next.parts, next), { kind: 'detached' });
        assert.equal(simulator.batches.created[0]?.phase, 'canceling');
        assert.deepEqual(await window.store.list(), []);
      });

      it('offline: it is tried again until it is cancelled', async () => {
        await sendAndLeave();
        await window.store.append('run1', removing);
        simulator.failNext(/cancel$/, async ({ response }) => {
          response.socket?.resetAndDestroy();
        });
        const next = new Window(simulator.url, window.storage);
        const running = followBatch('run1', next.parts, next);
        await next.step('retrying');
        assert.equal((await next.store.list()).length, 1);
        next.pollNow();
        assert.deepEqual(await running, { kind: 'detached' });
        assert.equal(simulator.batches.created[0]?.phase, 'canceling');
        assert.deepEqual(await next.store.list(), []);
      });

      it('and has ended meanwhile: what it cost is counted first', async () => {
        await sendAndLeave();
        await window.store.append('run1', removing);
        simulator.failNext(/cancel$/, fail(400, 'invalid_request_error', 'It has ended'));
        simulator.batches.end();
        const next = new Window(simulator.url, window.storage);
        assert.deepEqual(await followBatch('run1', next.parts, next), { kind: 'detached' });
        assert.equal(next.counted.length, 3);
        assert.deepEqual(await next.store.list(), []);
      });

      async function sendAndLeave(): Promise<void> {
        const sent = plan('batch');
        const running = sendBatch(sent, requestsFor(sent), window.parts, window);
        await window.step('progress');
        window.close();
        await running;
      }
    });

    /** The batch of `run1`, as the API has it once its request has arrived. */
    const createAtApi = (): object => {
      const params = { model: anyRequest.model, max_tokens: 1, messages: [] };
      return simulator.batches.create(
        plan('batch').items.map(({ id }) => ({ custom_id: id, params })),
      );
    };

    it('brings what was answered before it was cancelled', async () => {
      const sent = plan('batch');
      const running = sendBatch(sent, requestsFor(sent), window.parts, window);
      await window.step('progress');
      const [batch] = simulator.batches.created;
      assert.ok(batch !== undefined);
      batch.answeredBefore = 1;
      const claude = await window.parts.connect();
      await claude?.batches.cancel(batch.id, never);
      await window.step('canceling');
      simulator.batches.end();
      const end = await running;
      assert.ok(end.kind === 'ended');
      assert.deepEqual(
        [...end.run.answers.values()].map(({ outcome }) => outcome.kind),
        ['complete', 'stopped', 'stopped'],
      );
    });

    it('tells each result as it ended, and charges only what was used', async () => {
      simulator.batches.resultOf = ({ custom_id }) => {
        if (custom_id.endsWith('1')) {
          const message = wholeMessage(anyRequest.model, 'Half', { stopReason: 'max_tokens' });
          return { type: 'succeeded', message };
        }
        return custom_id.endsWith('2')
          ? { type: 'errored', error: errorBody('invalid_request_error', 'prompt is too long') }
          : { type: 'expired' };
      };
      const end = await send();
      assert.ok(end.kind === 'ended');
      assert.deepEqual(
        [...end.run.answers.values()].map(({ outcome, cost }) => [
          outcome.kind === 'broken' ? outcome.failure.kind : outcome.kind,
          cost,
        ]),
        [
          ['cut', 0.0002],
          ['invalid-request', 0],
          ['expired', 0],
        ],
      );
    });

    it('needs a key', async () => {
      const end = await sendBatch(
        plan('batch'),
        [],
        { ...window.parts, connect: async () => null },
        window,
      );
      assert.deepEqual(end, { kind: 'unsent', failure: { kind: 'no-key' } });
    });

    it('never writes the key down', async () => {
      const rejected = new Window(simulator.url, window.storage, rejectedKey);
      await send(plan('batch'), rejected);
      await send();
      assert.doesNotMatch(window.storage.text('run1') ?? '', /sk-ant/);
    });
  });

  describe('one by one', () => {
    const run = (sent = plan('now'), stop = never) =>
      runNow(sent, requestsFor(sent), window.parts, window, stop);

    it('brings every answer, counted once and at the full price', async () => {
      const end = await run();
      assert.ok(end.kind === 'ended');
      assert.equal(end.run.answers.size, 3);
      assert.equal(window.counted.length, 3);
      assert.deepEqual(await window.store.read('run1'), end.run);
    });

    it('has at most four requests under way', async () => {
      const gate = new Gate();
      let asked = 0;
      simulator.answer((exchange) => {
        if (++asked === 4) gate.open();
        return say('An answer.', { gate })(exchange);
      });
      await run(plan('now', 'run1', 20));
      assert.equal(window.counted.length, 20);
      assert.equal(simulator.mostAtOnce, 4);
    });

    it('keeps what was answered when it is stopped', async () => {
      const stop = new AbortController();
      const gate = new Gate();
      let asked = 0;
      simulator.answer((exchange) => {
        asked++;
        return say('An answer.', asked > 2 ? { gate } : {})(exchange);
      });
      const running = run(plan('now', 'run1', 8), stop.signal);
      await window.step('progress');
      await window.step('progress');
      stop.abort();
      const end = await running;
      assert.ok(end.kind === 'ended');
      const kinds = [...end.run.answers.values()].map(({ outcome }) => outcome.kind);
      assert.equal(kinds.filter((kind) => kind === 'complete').length, 2);
      assert.equal(kinds.filter((kind) => kind === 'stopped').length, 6);
    });

    it('stays open where the window closes, with what had come', async () => {
      const gate = new Gate();
      let asked = 0;
      simulator.answer((exchange) => say('An answer.', ++asked > 1 ? { gate } : {})(exchange));
      const running = run(plan('now', 'run1', 6));
      await window.step('progress');
      window.close();
      assert.deepEqual(await running, { kind: 'detached' });
      const kept = await window.store.read('run1');
      assert.deepEqual([kept?.answers.size, kept?.hasEnded], [1, false]);
    });

    it('shows what was paid for, also where the disk is full', async () => {
      simulator.answer(async (exchange) => {
        window.storage.full = true;
        await say('An answer.')(exchange);
      });
      const end = await run();
      assert.ok(end.kind === 'ended');
      assert.equal(end.run.answers.size, 3);
      assert.equal(window.counted.length, 3);
      assert.ok(window.problems.length > 0);
    });
  });
});
