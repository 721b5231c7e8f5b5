import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import { setImmediate as allDone } from 'node:timers/promises';
import {
  addInputCounts,
  type Draft,
  formatInputCounts,
  type InputCount,
} from '../../../src/core/usage/input-count.ts';
import type { Estimate, LiveEstimates } from '../../../src/host/usage/live-estimate.ts';
import { english } from '../../fakes/english.ts';
import { anyRequest } from '../../fakes/request.ts';

const { followEstimates } = await import('../../../src/host/usage/live-estimate.ts');

const count: InputCount = {
  tokens: 1000,
  exact: true,
  cost: 0.002,
  costExact: true,
  contextTokens: 5000,
};
const unknown = { ...count, cost: null };
const draft = (model: string): Draft => ({ request: { ...anyRequest, model }, countable: null });
const small = draft('small');
const large = draft('large');

describe('counts of several requests', () => {
  it('name the model of each', () => {
    const counted = [
      { model: 'small', count },
      { model: 'large', count: { ...count, tokens: 1200, exact: false, cost: null } },
    ];
    assert.equal(
      formatInputCounts(counted, english),
      'small: 1,000 tokens · $0.0020 + large: ≈1,200 tokens',
    );
    assert.equal(formatInputCounts(counted.slice(0, 1), english), '1,000 tokens · $0.0020');
  });

  const sums: readonly [string, readonly InputCount[], Partial<InputCount>][] = [
    ['both costs', [count, count], { tokens: 2000, cost: 0.004, costExact: true, exact: true }],
    ['what is known of them', [count, unknown], { cost: 0.002, costExact: false }],
    ['no cost where none is known', [unknown, unknown], { cost: null }],
    ['an estimate where one is', [count, { ...count, exact: false }], { exact: false }],
  ];
  for (const [name, counts, expected] of sums) {
    it(`are together ${name}`, () => {
      const sum = addInputCounts(counts);
      assert.deepEqual({ ...sum, ...expected }, sum);
    });
  }
});

describe('the estimate of several requests', () => {
  /** Tells the count of the request at that place. */
  let tell: ((count: InputCount | null) => void)[];
  let updates: (string | null)[][];
  let shown: (Estimate | null)[];
  let warned: (readonly string[])[];
  let live: LiveEstimates;
  beforeEach(() => {
    tell = [];
    updates = [];
    shown = [];
    warned = [];
    live = followEstimates(
      {
        follow: (show) => {
          const given: (string | null)[] = [];
          tell.push(show);
          updates.push(given);
          return {
            update: (next) => given.push(next?.request.model ?? null),
            dispose: () => given.push('disposed'),
          };
        },
      },
      {
        createCheck: () =>
          Promise.resolve((...requests) => {
            warned.push(requests.map(({ model }) => model));
            return 'Too much.';
          }),
      },
      (estimate) => shown.push(estimate),
    );
  });

  it('is shown once both are counted, with one warning for both', async () => {
    live.update([small, large]);
    tell[0]?.(count);
    await allDone();
    assert.deepEqual(shown, []);
    tell[1]?.(count);
    await allDone();
    assert.deepEqual(shown, [
      {
        text: 'small: 1,000 tokens · $0.0020 + large: 1,000 tokens · $0.0020',
        warning: 'Too much.',
      },
    ]);
    assert.deepEqual(warned, [['small', 'large']]);
  });

  it('is nothing where one can’t be counted', async () => {
    live.update([small, large]);
    tell[0]?.(count);
    tell[1]?.(null);
    await allDone();
    assert.deepEqual(shown, [null]);
  });

  it('says which model can’t take it', async () => {
    live.update([small, large]);
    tell[0]?.(count);
    tell[1]?.({ ...count, contextTokens: 500 });
    await allDone();
    assert.equal(
      shown[0]?.warning,
      'large: This is 1,000 tokens, and the model takes 500 at most.',
    );
  });

  it('forgets what is asked no more, and ends with its owner', () => {
    live.update([small, large]);
    live.update([small]);
    live.update([]);
    live.dispose();
    assert.deepEqual(updates, [
      ['small', 'small', null, 'disposed'],
      ['large', null, null, 'disposed'],
    ]);
  });
});
