import assert from 'node:assert/strict';
import { readResult } from '../../bench/all/run-bench.ts';
import type { Bar } from '../../bench/bench-result.ts';
import { madeBar, missedBar } from './sample-results.ts';

const lastLine = (...bars: readonly Bar[]): string =>
  JSON.stringify({ bench: 'warm', isQuick: false, bars, notes: [] });

describe('what a bench printed', () => {
  it('is its figures, whether its bars are made or missed', () => {
    assert.deepEqual(readResult('warm', lastLine(madeBar), 0).bars, [madeBar]);
    assert.deepEqual(readResult('warm', lastLine(madeBar, missedBar), 1).bars[1], missedBar);
  });

  it('is a failure without figures, whatever the exit code says', () => {
    assert.throws(() => readResult('warm', '', 0), /bench:warm ended with 0 and without figures/);
    assert.throws(() => readResult('warm', 'Killed', 137), /ended with 137/);
    assert.throws(() => readResult('warm', lastLine(), 0), /which its figures don't say/);
  });

  it('is a failure where the exit code says something else than the figures', () => {
    assert.throws(() => readResult('warm', lastLine(madeBar), 1), /which its figures don't say/);
    assert.throws(() => readResult('warm', lastLine(missedBar), 0), /which its figures don't say/);
    assert.throws(() => readResult('warm', lastLine(missedBar), 9), /which its figures don't say/);
  });

  it('is a failure where a bar has no figure', () => {
    const unknown = { ...madeBar, value: Number.NaN, pass: false };
    assert.throws(() => readResult('warm', lastLine(unknown), 1), /no figure for heap/);
  });
});
