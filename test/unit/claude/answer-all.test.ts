import assert from 'node:assert/strict';
import { type AnswerAttempt, answerAll, emptyAnswer } from '../../../src/core/claude/answer-all.ts';
import type { CheckedRequest } from '../../../src/core/claude/checked-request.ts';
import type { AnswerEvent, Claude } from '../../../src/core/claude/claude.ts';

import { connect } from '../../../src/core/claude/connect.ts';
import type { Failure } from '../../../src/core/claude/failure.ts';
import type { Outcome } from '../../../src/core/claude/reply-event.ts';
import { Emitter } from '../../../src/core/emitter.ts';
import { fail, Gate, page, type Script, say } from '../../fakes/messages-api/scripts.ts';
import { rejectedKey, type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

const requests = (count: number): readonly CheckedRequest[] =>
  Array.from({ length: count }, (_, index) =>
    checked({ ...anyRequest, userText: `question ${index}` }),
  );

/** What happened, and the outcome of each request in its place. */
class Log {
  readonly events: AnswerEvent[] = [];
  readonly emit = (event: AnswerEvent): void => void this.events.push(event);

  get answers(): readonly [index: number, text: string, kind: Outcome['kind']][] {
    return this.events
      .filter((event) => event.type === 'answered')
      .map(({ index, answer }): [number, string, Outcome['kind']] => [
        index,
        answer.text,
        answer.outcome.kind,
      ])
      .toSorted(([a], [b]) => a - b);
  }

  count(type: AnswerEvent['type']): number {
    return this.events.filter((event) => event.type === type).length;
  }
}

describe('many requests, a few at a time', () => {
  const complete = (text: string): AnswerAttempt => ({
    answer: { ...emptyAnswer(anyRequest, { kind: 'complete' }), text },
    isRetryable: false,
  });
  const failed = (failure: Failure, mayTryAgain = true): AnswerAttempt => ({
    answer: emptyAnswer(anyRequest, { kind: 'broken', failure }),
    isRetryable: mayTryAgain,
  });
  const retry = { maxRetries: 2, maxWaitMs: 60_000 };
  const never = new AbortController().signal;

  it('sends no more at once than asked, and answers each once', async () => {
    let underWay = 0;
    let most = 0;
    const log = new Log();
    await answerAll(
      requests(25),
      { concurrency: 4, signal: never, emit: log.emit },
      {
        retry,
        send: async ({ request: { userText } }) => {
          most = Math.max(most, ++underWay);
          await new Promise((resolve) => setImmediate(resolve));
          underWay--;
          return complete(userText);
        },
      },
    );
    assert.equal(most, 4);
    assert.deepEqual(
      log.answers,
      requests(25).map(({ request: { userText } }, index) => [index, userText, 'complete']),
    );
  });

  it('lets all wait for what the API asks one to wait for', async () => {
    const waited = new Gate();
    const go = new Emitter<void>();
    const sent: string[] = [];
    let isLimited = true;
    const log = new Log();
    const run = answerAll(
      requests(6),
      {
        concurrency: 3,
        signal: never,
        emit: (event) => {
          log.emit(event);
          if (log.count('retrying') === 3) waited.open();
        },
        onRetryNow: go.event,
      },
      {
        retry,
        send: async ({ request: { userText } }) => {
          sent.push(userText);
          return isLimited
            ? failed({ kind: 'rate-limited', retryAfterMs: 50_000 })
            : complete(userText);
        },
      },
    );
    await waited.passed;
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(sent.length, 3, 'nothing is sent while all wait');
    isLimited = false;
    go.fire();
    await run;
    assert.equal(sent.length, 9);
    assert.equal(log.answers.length, 6);
  });

  const unsent: readonly [name: string, failure: Failure][] = [
    ['a rejected key', { kind: 'auth' }],
    ['an unknown model', { kind: 'model-not-found', model: 'none' }],
    ['a spending limit', { kind: 'spend-limit', detail: 'enough' }],
    ['a wait that is too long', { kind: 'rate-limited', retryAfterMs: 3_600_000 }],
  ];
  for (const [name, failure] of unsent) {
    it(`doesn't send the rest after ${name}`, async () => {
      const log = new Log();
      await answerAll(
        requests(5),
        { concurrency: 1, signal: never, emit: log.emit },
        { retry, send: async () => failed(failure, failure.kind === 'rate-limited') },
      );
      assert.equal(log.count('sent'), 1);
      assert.deepEqual(
        log.answers.map(([, , kind]) => kind),
        Array.from({ length: 5 }, () => 'broken'),
      );
    });
  }

  it('goes on after a failure that is one request’s own', async () => {
    const log = new Log();
    await answerAll(
      requests(3),
      { concurrency: 1, signal: never, emit: log.emit },
      {
        retry,
        send: async ({ request: { userText } }) =>
          userText === 'question 0' ? failed({ kind: 'too-large' }, false) : complete(userText),
      },
    );
    assert.deepEqual(
      log.answers.map(([, , kind]) => kind),
      ['broken', 'complete', 'complete'],
    );
  });

  it('stops the rest when it is told to, and keeps what was answered', async () => {
    const abort = new AbortController();
    const log = new Log();
    await answerAll(
      requests(4),
      { concurrency: 1, signal: abort.signal, emit: log.emit },
      {
        retry,
        send: async ({ request: { userText } }) => {
          if (userText === 'question 1') abort.abort();
          return complete(userText);
        },
      },
    );
    assert.deepEqual(
      log.answers.map(([, , kind]) => kind),
      ['complete', 'complete', 'stopped', 'stopped'],
    );
  });
});

describe('an answer without streaming', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator(say('An answer.'));
  });
  afterEach(() => simulator[Symbol.asyncDispose]());

  const connectTo = (apiKey = 'sk-ant-unit'): Claude =>
    connect({
      apiKey,
      baseUrl: simulator.url,
      idleTimeoutMs: 300,
      maxRetries: 1,
      onListenerError: () => {},
    });

  async function answerOne(claude = connectTo()): Promise<Log> {
    const log = new Log();
    const { signal } = new AbortController();
    await claude.answerAll([checked(anyRequest)], { concurrency: 1, signal, emit: log.emit });
    return log;
  }

  const broken = (failure: Failure): Outcome => ({ kind: 'broken', failure });
  const endings: readonly [name: string, script: Script, text: string, outcome: Outcome][] = [
    ['whole', say('Yes. Ünïcode 🎉'), 'Yes. Ünïcode 🎉', { kind: 'complete' }],
    [
      'cut',
      say('Half', { stopReason: 'max_tokens' }),
      'Half',
      { kind: 'cut', limit: 'max-tokens' },
    ],
    [
      'refused',
      say('', {
        stopReason: 'refusal',
        stopDetails: { type: 'refusal', category: 'cyber', explanation: 'No.' },
      }),
      '',
      { kind: 'refused', category: 'cyber', explanation: 'No.' },
    ],
    [
      'a page of a proxy',
      page('text/html', '<p>Sign in</p>'),
      '',
      broken({ kind: 'not-a-stream', contentType: 'text/html', detail: 'Sign in' }),
    ],
    ['no JSON', page('application/json', '{"id": "msg'), '', broken({ kind: 'malformed' })],
    ['no message', page('application/json', '{"id": 1}'), '', broken({ kind: 'malformed' })],
    [
      'too large',
      fail(413, 'request_too_large', 'Too large'),
      '',
      broken({ kind: 'too-large', detail: 'Too large' }),
    ],
    [
      'overloaded for good',
      fail(529, 'overloaded_error', 'Overloaded', { 'retry-after-ms': '1' }),
      '',
      broken({ kind: 'overloaded', retryAfterMs: 1, detail: 'Overloaded' }),
    ],
  ];
  for (const [name, script, text, outcome] of endings) {
    it(`ends as it ended: ${name}`, async () => {
      simulator.answer(script);
      const log = await answerOne();
      const [answered] = log.events.filter((event) => event.type === 'answered');
      assert.equal(answered?.answer.text, text);
      assert.deepEqual(answered?.answer.outcome, outcome);
    });
  }

  it('asks for no stream, and has the API’s own figures', async () => {
    const log = await answerOne();
    assert.equal(simulator.messages[0]?.body?.stream, false);
    const [answered] = log.events.filter((event) => event.type === 'answered');
    assert.equal(answered?.answer.model, 'claude-sonnet-5-5');
    assert.equal(answered?.answer.requestId, 'req_simulated');
    assert.ok((answered?.answer.usage.input ?? 0) > 0);
  });

  it('is asked for again after a passing failure, and says why', async () => {
    simulator.failNext(
      /^POST \/v1\/messages$/,
      fail(429, 'rate_limit_error', 'Slow down', { 'retry-after-ms': '1' }),
    );
    const log = await answerOne();
    assert.deepEqual(
      log.events.map(({ type }) => type),
      ['sent', 'retrying', 'sent', 'answered'],
    );
    assert.deepEqual(log.answers, [[0, 'An answer.', 'complete']]);
  });

  it('has its socket closed when it is stopped', async () => {
    const gate = new Gate();
    simulator.answer(say('late', { gate }));
    const abort = new AbortController();
    const log = new Log();
    const asked = simulator.nextMessage();
    const run = connectTo().answerAll([checked(anyRequest)], {
      concurrency: 1,
      signal: abort.signal,
      emit: log.emit,
    });
    const { ended } = await asked;
    abort.abort();
    await run;
    assert.equal(await ended, 'closed-by-client');
    assert.deepEqual(log.answers, [[0, '', 'stopped']]);
  });

  it('says so where the key is rejected', async () => {
    const log = await answerOne(connectTo(rejectedKey));
    assert.doesNotMatch(JSON.stringify(log.events), new RegExp(rejectedKey));
    assert.deepEqual(log.answers, [[0, '', 'broken']]);
  });

  it('comes with at most so many at once, seen by the server', async () => {
    simulator.answer(say('An answer.', { beforeMs: 5 }));
    const log = new Log();
    const { signal } = new AbortController();
    await connectTo().answerAll(requests(12), { concurrency: 4, signal, emit: log.emit });
    assert.equal(log.answers.length, 12);
    assert.ok(simulator.mostAtOnce <= 4, String(simulator.mostAtOnce));
  });
});
