import assert from 'node:assert/strict';
import { retryAfterMs } from '../../../src/core/claude/classify-error.ts';
import { describeFailure } from '../../../src/core/claude/describe-failure.ts';
import type { Failure, FailureKind } from '../../../src/core/claude/failure.ts';
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
      if ('detail' in failure) assert.ok(message.includes(failure.detail));
    });
  }

  const actions: readonly [FailureKind, string][] = [
    ['auth', 'set-api-key'],
    ['no-key', 'set-api-key'],
    ['model-not-found', 'choose-model'],
    ['not-a-stream', 'open-base-url-setting'],
    ['not-found', 'open-base-url-setting'],
    ['overloaded', 'retry'],
    ['rate-limited', 'retry'],
    ['network', 'retry'],
    ['truncated', 'retry'],
  ];
  for (const [kind, action] of actions) {
    it(`offers ${action} for ${kind}`, () => {
      assert.equal(describeFailure(examples[kind], english).action, action);
    });
  }

  it('tells 429 and 529 apart', () => {
    assert.match(describeFailure(examples['rate-limited'], english).message, /429.*8 s/);
    assert.match(describeFailure(examples.overloaded, english).message, /529/);
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
