import assert from 'node:assert/strict';
import { noUsage } from '../../../src/core/claude/usage.ts';
import { describeOutcome } from '../../../src/core/conversation/outcome.ts';
import {
  formatBytes,
  formatCost,
  formatDuration,
  formatSeconds,
  formatTokens,
} from '../../../src/core/format-figures.ts';
import { getLanguage, type L10n } from '../../../src/core/l10n.ts';
import { formatCount, receiptRows } from '../../../src/core/usage/receipt.ts';
import { english } from '../../fakes/english.ts';

const receipt = {
  model: 'claude-sonnet-5-5',
  usage: { input: 1000, cacheRead: 200, cacheWrite: 34, output: 356, thinking: 12 },
  outputSource: 'reported',
  cost: 0.0056,
  timeToFirstTokenMs: 640,
  writingMs: 5000,
  stopReason: 'end_turn',
  requestId: 'req_1',
} as const;

function table(name: string, format: (value: number) => string, cases: [number, string][]): void {
  describe(name, () => {
    for (const [value, expected] of cases) {
      it(`${value} is ${expected}`, () => assert.equal(format(value), expected));
    }
  });
}

table('tokens', (value) => formatTokens(value, 'en'), [
  [0, '0'],
  [356, '356'],
  [999, '999'],
  [1000, '1k'],
  [1234, '1.2k'],
  [9960, '10k'],
  [34_400, '34k'],
  [999_499, '999k'],
  [999_500, '1M'],
  [1_100_000, '1.1M'],
]);
table('cost', (value) => formatCost(value, 'en'), [
  [0, '$0'],
  [0.000012, '$0.000012'],
  [0.0042, '$0.0042'],
  [0.05, '$0.050'],
  [0.134, '$0.13'],
  [12.4, '$12.40'],
  [1234.5, '$1,234.50'],
]);
table('duration', (value) => formatDuration(value, 'en'), [
  [480, '480 ms'],
  [2440, '2.4 s'],
  [65_000, '1 min 05 s'],
]);
table('seconds', formatSeconds, [
  [-5, '0 s'],
  [999, '0 s'],
  [12_900, '12 s'],
  [65_000, '1 min 05 s'],
]);
table('bytes', (value) => formatBytes(value, english), [
  [12, '12 B'],
  [5400, '5 KB'],
  [5_000_000, '5.0 MB'],
]);

describe('figures in the language of the words beside them', () => {
  const cases: readonly [language: string, ...written: readonly string[]][] = [
    ['en', '1.2k', '$0.13', '$1,234.50', '2.4 s', '12,345'],
    ['de', '1,2k', '0,13\u00a0$', '1.234,50\u00a0$', '2,4 s', '12.345'],
    ['es', '1,2k', '0,13\u00a0$', '1234,50\u00a0$', '2,4 s', '12.345'],
    ['fr', '1,2k', '0,13\u00a0$', '1\u202f234,50\u00a0$', '2,4 s', '12\u202f345'],
    ['ja', '1.2k', '$0.13', '$1,234.50', '2.4 s', '12,345'],
    ['ko', '1.2k', '$0.13', '$1,234.50', '2.4 s', '12,345'],
    ['zh-CN', '1.2k', '$0.13', '$1,234.50', '2.4 s', '12,345'],
  ];
  for (const [language, ...written] of cases) {
    it(`${language}: ${written.join(' · ')}`, () => {
      assert.deepEqual(
        [
          formatTokens(1234, language),
          formatCost(0.134, language),
          formatCost(1234.5, language),
          formatDuration(2440, language),
          formatCount(12_345, language),
        ],
        written,
      );
    });
  }

  it('which is the translator’s own, wherever VS Code has no words of ours', () => {
    assert.equal(getLanguage(english), 'en');
    const german: L10n = { t: (message, ...args) => (message === 'en' ? 'de' : args.join(' ')) };
    const rows = receiptRows(receipt, german).map(({ value }) => value);
    assert.ok(rows.includes('0,0056\u00a0$'), rows.join(' | '));
  });
});

describe('receipt', () => {
  it('names every figure that is known', () => {
    const rows = receiptRows(receipt, english).map(({ label, value }) => `${label}: ${value}`);
    assert.deepEqual(rows, [
      'Model: claude-sonnet-5-5',
      'Input: 1,234 tokens',
      'Read from cache: 200 tokens',
      'Written to cache: 34 tokens',
      'Output: 356 tokens',
      'Thinking: 12 tokens',
      'Cost: $0.0056',
      'First token: 640 ms',
      'Speed: 71 tokens/s',
      'Stop reason: end_turn',
      'Request: req_1',
    ]);
  });

  it('says what makes its price another one', () => {
    const usage = {
      ...receipt.usage,
      hourCacheWrite: 30,
      inferenceGeo: 'us',
      serviceTier: 'priority',
    } as const;
    const rows = receiptRows({ ...receipt, usage }, english).map(
      ({ label, value }) => `${label}: ${value}`,
    );
    for (const row of [
      'Written to cache: 34 tokens, 30 of them for an hour',
      'Inference: US only (1.1 × the price)',
      'Service tier: priority',
    ]) {
      assert.ok(rows.includes(row), rows.join(' | '));
    }
  });

  it('says where the output was counted and not reported', () => {
    const rows = receiptRows({ ...receipt, outputSource: 'counted' }, english);
    assert.deepEqual(
      rows
        .filter(({ label }) => ['Output', 'Cost', 'Speed'].includes(label))
        .map(({ value }) => value),
      ['356 tokens, counted from the text that arrived', '≈$0.0056', '71 tokens/s'],
    );
  });

  it('leaves out what is not known, and marks what is estimated', () => {
    const rows = receiptRows(
      {
        ...receipt,
        usage: { ...noUsage, output: 10 },
        outputSource: 'estimated',
        timeToFirstTokenMs: null,
        writingMs: 0,
        stopReason: null,
        requestId: null,
      },
      english,
    ).map(({ label, value }) => `${label}: ${value}`);
    assert.deepEqual(rows, [
      'Model: claude-sonnet-5-5',
      'Input: 0 tokens',
      'Output: ≈10 tokens',
      'Cost: ≈$0.0056',
    ]);
  });
});

describe('outcome in words', () => {
  it('needs none where the reply is complete', () => {
    assert.deepEqual(describeOutcome({ kind: 'complete' }, english), {
      sentence: null,
      action: null,
    });
  });
  const cases = [
    [{ kind: 'stopped' }, /Stopped by you/],
    [{ kind: 'cut', limit: 'pause' }, /paused the reply/],
    [{ kind: 'cut', limit: 'max-tokens' }, /Cut short.*claudeStream\.maxTokens/],
    [{ kind: 'cut', limit: 'context' }, /Cut short.*Select less/],
    [{ kind: 'refused', category: 'cyber', explanation: 'Not that.' }, /declined.*Not that\./],
    [{ kind: 'refused', category: null, explanation: null }, /declined/],
    [{ kind: 'broken', failure: { kind: 'truncated' } }, /closed before/],
  ] as const;
  for (const [outcome, expected] of cases) {
    it(`${outcome.kind} says ${expected}`, () => {
      assert.match(describeOutcome(outcome, english).sentence ?? '', expected);
    });
  }
});
