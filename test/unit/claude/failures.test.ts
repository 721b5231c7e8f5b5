import assert from 'node:assert/strict';
import { retryAfterMs } from '../../../src/core/claude/classify-error.ts';
import {
  affectsAllRequests,
  describeFailure,
  describeRetryReason,
  isBusy,
  isTransient,
  wasRejected,
} from '../../../src/core/claude/describe-failure.ts';
import type { Failure, FailureAction, FailureKind } from '../../../src/core/claude/failure.ts';

import { english } from '../../fakes/english.ts';

/** One of each kind: the compiler asks for a new one when the union grows. */
const examples: { readonly [K in FailureKind]: Extract<Failure, { kind: K }> } = {
  'no-key': { kind: 'no-key' },
  auth: { kind: 'auth' },
  'browser-blocked': { kind: 'browser-blocked' },
  'browser-refused': { kind: 'browser-refused', detail: 'no CORS' },
  billing: { kind: 'billing', detail: 'pay first' },
  permission: { kind: 'permission', detail: 'not yours' },
  'model-not-found': { kind: 'model-not-found', model: 'claude-none' },
  'not-found': { kind: 'not-found' },
  'too-large': { kind: 'too-large' },
  'image-dimensions': { kind: 'image-dimensions', detail: '' },
  blocked: { kind: 'blocked', detail: 'Violated guardrail policy' },
  'invalid-request': { kind: 'invalid-request', detail: 'prompt is too long' },
  'rate-limited': { kind: 'rate-limited', retryAfterMs: 7200 },
  'spend-limit': { kind: 'spend-limit', detail: 'enough' },
  overloaded: { kind: 'overloaded', retryAfterMs: null },
  'server-error': { kind: 'server-error', status: 503, retryAfterMs: null },
  timeout: { kind: 'timeout' },
  interrupted: { kind: 'interrupted' },
  damaged: { kind: 'damaged', missing: 120 },
  stalled: { kind: 'stalled', idleMs: 60_000 },
  network: { kind: 'network', code: 'ENOTFOUND' },
  truncated: { kind: 'truncated' },
  'not-a-stream': { kind: 'not-a-stream', contentType: 'text/html' },
  'batch-not-found': { kind: 'batch-not-found' },
  'results-gone': { kind: 'results-gone' },
  expired: { kind: 'expired' },
  malformed: { kind: 'malformed' },
  unexpected: { kind: 'unexpected', detail: 'boom' },
};

describe('failures in words', () => {
  for (const failure of Object.values(examples)) {
    it(`says what happened and what helps: ${failure.kind}`, () => {
      const { message } = describeFailure(failure, english);
      assert.match(message, /^[“A-Z].*[.!)\w]$/);
      assert.doesNotMatch(message, /\{\d\}|undefined|null|NaN/);
      if ('detail' in failure) assert.ok(message.includes(failure.detail ?? ''));
    });
  }

  for (const kind of [
    'auth',
    'model-not-found',
    'not-found',
    'too-large',
    'image-dimensions',
    'rate-limited',
    'overloaded',
    'server-error',
    'timeout',
    'not-a-stream',
    'malformed',
  ] as const) {
    it(`says what the server said: ${kind}`, () => {
      const failure: Failure = { ...examples[kind], detail: 'Ask the blue team' };
      assert.match(describeFailure(failure, english).message, /says: “Ask the blue team”/);
    });
  }

  it('tells 429 and 529 apart', () => {
    assert.match(describeFailure(examples['rate-limited'], english).message, /429.*8 s/);
    assert.match(describeFailure(examples.overloaded, english).message, /529/);
  });
});

/** What an automatic retry waits for: nothing, this request's own wait, or that of all requests. */
type Retry = 'never' | 'alone' | 'together';
/** Which requests of a run end with it. */
type Ends = 'request' | 'run';
/** Whether a batch that was sent may exist all the same. */
type Batch = 'rejected' | 'unknown';

describe('what follows from a failure', () => {
  const expected: {
    readonly [K in FailureKind]: readonly [FailureAction, 'warn' | 'error', Retry, Ends, Batch];
  } = {
    'no-key': ['set-api-key', 'warn', 'never', 'run', 'rejected'],
    auth: ['set-api-key', 'warn', 'never', 'run', 'rejected'],
    'browser-refused': ['set-api-key', 'warn', 'never', 'run', 'rejected'],
    billing: ['show-log', 'warn', 'never', 'run', 'rejected'],
    permission: ['set-api-key', 'warn', 'never', 'run', 'rejected'],
    'model-not-found': ['choose-model', 'warn', 'never', 'run', 'rejected'],
    'not-found': ['open-base-url-setting', 'warn', 'never', 'run', 'rejected'],
    'too-large': ['retry', 'warn', 'never', 'request', 'rejected'],
    'image-dimensions': ['show-log', 'warn', 'never', 'request', 'rejected'],
    blocked: ['show-log', 'warn', 'never', 'request', 'rejected'],
    'invalid-request': ['show-log', 'warn', 'never', 'request', 'rejected'],
    'rate-limited': ['retry', 'warn', 'together', 'request', 'rejected'],
    'spend-limit': ['show-log', 'warn', 'never', 'run', 'rejected'],
    overloaded: ['retry', 'warn', 'together', 'request', 'rejected'],
    'server-error': ['retry', 'warn', 'alone', 'request', 'unknown'],
    timeout: ['retry', 'warn', 'alone', 'request', 'unknown'],
    stalled: ['retry', 'warn', 'alone', 'request', 'unknown'],
    // ENOTFOUND: no connection was made.
    network: ['retry', 'warn', 'alone', 'request', 'rejected'],
    'browser-blocked': ['retry', 'warn', 'alone', 'request', 'unknown'],
    interrupted: ['retry', 'warn', 'never', 'request', 'unknown'],
    damaged: ['retry', 'warn', 'never', 'request', 'unknown'],
    truncated: ['retry', 'warn', 'alone', 'request', 'unknown'],
    'not-a-stream': ['open-base-url-setting', 'warn', 'never', 'run', 'rejected'],
    'batch-not-found': ['set-api-key', 'warn', 'never', 'request', 'rejected'],
    'results-gone': ['show-log', 'warn', 'never', 'request', 'rejected'],
    expired: ['retry', 'warn', 'never', 'request', 'rejected'],
    malformed: ['retry', 'error', 'alone', 'request', 'unknown'],
    unexpected: ['show-log', 'error', 'never', 'request', 'unknown'],
  };
  for (const failure of Object.values(examples)) {
    const [action, logLevel, retry, ends, batch] = expected[failure.kind];
    it(`${failure.kind}: ${[action, logLevel, retry, ends, batch].join(', ')}`, () => {
      const described = describeFailure(failure, english);
      assert.equal(described.action, action);
      assert.equal(described.logLevel, logLevel);
      assert.equal(isTransient(failure), retry !== 'never');
      assert.equal(isBusy(failure), retry === 'together');
      assert.equal(affectsAllRequests(failure), ends === 'run');
      assert.equal(wasRejected(failure), batch === 'rejected');
    });
  }

  const codes: readonly [code: string | null, isRejection: boolean][] = [
    ['ECONNREFUSED', true],
    ['EAI_AGAIN', true],
    ['EHOSTUNREACH', true],
    ['ENETUNREACH', true],
    ['ECONNRESET', false],
    [null, false],
  ];
  for (const [code, isRejection] of codes) {
    it(`${isRejection ? 'rules out' : 'allows'} that a request arrived: ${code}`, () => {
      assert.equal(wasRejected({ kind: 'network', code }), isRejection);
    });
  }

  it('says when to retry to whom retries by hand only', () => {
    const failure = { kind: 'overloaded', retryAfterMs: 7200 } as const;
    assert.equal(
      describeFailure(failure, english).message,
      'The API is overloaded (529). Try again in 8 s.',
    );
    assert.equal(describeRetryReason(failure, english), 'The API is overloaded (529).');
    assert.equal(
      describeFailure({ kind: 'server-error', status: 500, retryAfterMs: null }, english).message,
      'The API had an error of its own (500). Try again soon.',
    );
  });
});

describe('retry-after', () => {
  const cases: readonly [Record<string, string>, (ms: number | null) => boolean][] = [
    [{ 'retry-after': '7' }, (ms) => ms === 7000],
    [{ 'retry-after': '0.5' }, (ms) => ms === 500],
    [{ 'retry-after-ms': '120' }, (ms) => ms === 120],
    [{ 'retry-after-ms': '120', 'retry-after': '7' }, (ms) => ms === 120],
    [{ 'retry-after': 'Wed, 01 Jan 2200 00:00:00 GMT' }, (ms) => ms !== null && ms > 1e12],
    [{ 'retry-after': 'Wed, 01 Jan 2020 00:00:00 GMT' }, (ms) => ms === 0],
    [{ 'retry-after': '-3' }, (ms) => ms === 0],
    [{ 'retry-after': 'soon' }, (ms) => ms === null],
    [{}, (ms) => ms === null],
  ];
  for (const [headers, expected] of cases) {
    it(`reads ${JSON.stringify(headers)}`, () => {
      assert.ok(expected(retryAfterMs(new Headers(headers))));
    });
  }
});
