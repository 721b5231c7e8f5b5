import assert from 'node:assert/strict';
import { formatUsageCsv, sumReceipts } from '../../../src/core/usage/usage-rows.ts';

const usage = { input: 1234, cacheRead: 20, cacheWrite: 3, output: 356, thinking: 12 };

function line(model: string, cost: number | null, thinking: number | null = 12): string {
  const sum = sumReceipts([{ usage: { ...usage, thinking }, cost, outputSource: 'reported' }]);
  return formatUsageCsv([{ day: '2026-11-21', model, sum }])
    .split('\n')
    .slice(1)
    .join('\n');
}

describe('usage as CSV', () => {
  const cases: readonly [name: string, written: string, expected: string][] = [
    [
      'numbers unrounded',
      line('claude-sonnet-5-5', 0.1 + 0.2),
      '2026-11-21,claude-sonnet-5-5,1,1234,20,3,356,12,0.30000000000000004,0,reported\n',
    ],
    ['no price as none', line('m', null), '2026-11-21,m,1,1234,20,3,356,12,,1,reported\n'],
    ['no thinking as none', line('m', 0, null), '2026-11-21,m,1,1234,20,3,356,,0,0,reported\n'],
    [
      'a model with a comma and quotes',
      line('a,"b"', 0),
      '2026-11-21,"a,""b""",1,1234,20,3,356,12,0,0,reported\n',
    ],
    ['no formula', line('=1+1', 0), "2026-11-21,'=1+1,1,1234,20,3,356,12,0,0,reported\n"],
  ];
  for (const [name, written, expected] of cases) {
    it(`has ${name}`, () => assert.equal(written, expected));
  }

  it('is a head alone where nothing was used', () => {
    assert.match(formatUsageCsv([]), /^day,model,replies,input_tokens,.*output_source\n$/);
  });
});
