import assert from 'node:assert/strict';
import {
  readSettings,
  type SettingName,
  type SettingProblem,
  settingRules,
} from '../../src/core/settings.ts';
import { english } from '../fakes/english.ts';

function read(written: Readonly<Record<string, unknown>>): {
  readonly settings: ReturnType<typeof readSettings>;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const settings = readSettings(
    (name) => written[name],
    ({ name }) => problems.push(name),
  );
  return { settings, problems };
}

describe('settings', () => {
  it('are the defaults where nothing is written', () => {
    const { settings, problems } = read({});
    for (const [name, { fallback }] of Object.entries(settingRules)) {
      assert.equal(settings[name as SettingName], fallback);
    }
    assert.deepEqual(problems, []);
  });

  const good: readonly [SettingName, unknown, unknown][] = [
    ['model', ' claude-opus-5-5 ', 'claude-opus-5-5'],
    ['effort', 'xhigh', 'xhigh'],
    ['effort', 'default', null],
    ['maxTokens', 1, 1],
    ['maxTokens', 128_000, 128_000],
    ['target', 'document', 'document'],
    ['showThinking', true, true],
    ['follow', false, false],
    ['baseUrl', 'http://localhost:1/v1', 'http://localhost:1'],
    // Whoever sends says what is wrong.
    ['baseUrl', 'gw.example', { problem: 'not-http' }],
    ['authorization', 'x-api-key', 'x-api-key'],
    ['headers', { 'X-Team': 'blue' }, { 'x-team': 'blue' }],
    ['idleTimeoutSeconds', 5, 5],
    ['maxRetries', 0, 0],
    ['dailyBudget', 2.5, 2.5],
    [
      'prices',
      { 'claude-x': { input: 0, output: 2.5 } },
      { 'claude-x': { input: 0, output: 2.5 } },
    ],
  ];
  for (const [name, written, used] of good) {
    it(`take ${name}: ${JSON.stringify(written)}`, () => {
      const { settings, problems } = read({ [name]: written });
      assert.deepEqual(settings[name], used);
      assert.deepEqual(problems, []);
    });
  }

  const bad: readonly [SettingName, unknown][] = [
    ['model', ''],
    ['model', 'two words'],
    ['model', 5],
    ['effort', 'extreme'],
    ['maxTokens', 0],
    ['maxTokens', 128_001],
    ['maxTokens', 1.5],
    ['maxTokens', '8000'],
    ['target', 'terminal'],
    ['systemPrompt', null],
    ['showThinking', 'yes'],
    ['follow', 1],
    ['authorization', 'basic'],
    ['idleTimeoutSeconds', 4],
    ['maxRetries', -1],
    ['maxRetries', 11],
    ['idleTimeoutSeconds', Number.NaN],
    ['dailyBudget', -1],
    ['dailyBudget', '5'],
    ['dailyBudget', Number.POSITIVE_INFINITY],
    ['prices', []],
    ['prices', null],
    ['prices', 3],
  ];
  for (const [name, written] of bad) {
    it(`tell of ${name}: ${String(JSON.stringify(written))} and use the default`, () => {
      const { settings, problems } = read({ [name]: written });
      assert.equal(settings[name], settingRules[name].fallback);
      assert.deepEqual(problems, [name]);
      assert.notEqual(settingRules[name].expected(english), '');
    });
  }

  const good5 = { input: 5, output: 5, cacheRead: 0.5 };
  const badPrices: readonly unknown[] = [
    5,
    null,
    {},
    { input: 1 },
    { input: 1, output: -1 },
    { input: 1, output: '1' },
    { input: 1, output: 1, cacheRead: null },
    { input: Number.NaN, output: 1 },
  ];
  for (const bad of badPrices) {
    it(`leave out a price that is ${JSON.stringify(bad)}, name it, and use the others`, () => {
      const problems: unknown[] = [];
      const settings = readSettings(
        (name) => (name === 'prices' ? { good: good5, bad } : undefined),
        (problem) => problems.push(problem),
      );
      assert.deepEqual(settings.prices, { good: good5 });
      assert.deepEqual(problems, [{ name: 'prices', value: { bad }, partial: true }]);
    });
  }

  const secret = 'of-nobody-elses-business';
  const badHeaders: readonly (readonly [name: string, value: unknown])[] = [
    ...['Host', 'content-length', 'Connection', 'transfer-encoding', 'Proxy-Authorization'],
    ...['authorization', 'X-API-Key', 'anthropic-version', 'x-stainless-lang', 'user-agent'],
    ...['', 'two words', 'colon:', 'line\nbreak', 'é'],
  ].map((name) => [name, secret] as const);
  const badValues: readonly unknown[] = [
    ...[1, null, '', ' ', ` ${secret}`, `${secret} `],
    ...[`${secret}\r\nhost: elsewhere`, `${secret}é`, `\${secret:${secret}`, `\${env:${secret}}`],
  ];
  for (const [name, value] of [
    ...badHeaders,
    ...badValues.map((each) => ['x-bad', each] as const),
  ]) {
    it(`leave out the header ${JSON.stringify({ [name]: value })}, and tell no more than its name`, () => {
      const problems: SettingProblem[] = [];
      const settings = readSettings(
        (setting) => (setting === 'headers' ? { 'X-Good': '1', [name]: value } : undefined),
        (problem) => problems.push(problem),
      );
      assert.deepEqual(settings.headers, { 'x-good': '1' });
      assert.deepEqual(problems, [{ name: 'headers', value: [name.toLowerCase()], partial: true }]);
    });
  }

  for (const value of [secret, [secret], null, 5]) {
    it(`have no headers where they are ${JSON.stringify(value)}, and don’t repeat it`, () => {
      const problems: SettingProblem[] = [];
      const settings = readSettings(
        (setting) => (setting === 'headers' ? value : undefined),
        (problem) => problems.push(problem),
      );
      assert.deepEqual(settings.headers, {});
      assert.equal(problems.length, 1);
      assert.ok(!JSON.stringify(problems).includes(secret));
    });
  }
});
