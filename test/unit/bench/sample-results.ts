import type { Results } from '../../bench/all/results.ts';
import type { Bar } from '../../bench/bench-result.ts';

export const madeBar: Bar = { name: 'heap', value: 0.5, unit: 'MB', limit: 5, pass: true };
export const missedBar: Bar = { name: 'activate()', value: 8, unit: 'ms', limit: 5, pass: false };

/** A run on a machine where one peer could run; one bar is missed. */
export const sampleResults: Results = {
  date: '2026-11-21',
  isQuick: false,
  machine: {
    processor: 'A Processor',
    cores: 2,
    memoryGb: 24,
    system: 'Some Linux, x64',
    node: 'v24.0.0',
    browser: 'Chromium 156',
    vscode: '1.139.1 (code-server 4.139.1)',
  },
  benches: [
    {
      bench: 'render',
      isQuick: false,
      bars: [madeBar],
      notes: [],
      renderers: [
        { name: 'floor', wholeMs: [420, 5000, 132_000], longestCallMs: 9.3 },
        { name: 'ours', wholeMs: [350, 3200, 67_900], longestCallMs: 16.2 },
        { name: 'marked', wholeMs: [4060, 265_000, null], longestCallMs: null },
      ],
      loadBefore: 0.1,
      loadAfter: 1.5,
      seconds: 1200,
    },
    {
      bench: 'activation',
      isQuick: false,
      bars: [missedBar],
      notes: [],
      loadBefore: 1.5,
      loadAfter: 2.25,
      seconds: 300,
    },
  ],
};
