import assert from 'node:assert/strict';
import { readSettings, type SettingName, settingRules } from '../../src/core/settings.ts';
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
    ['idleTimeoutSeconds', 5, 5],
    ['maxRetries', 0, 0],
  ];
  for (const [name, written, used] of good) {
    it(`take ${name}: ${JSON.stringify(written)}`, () => {
      const { settings, problems } = read({ [name]: written });
      assert.equal(settings[name], used);
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
    ['baseUrl', 'nowhere'],
    ['baseUrl', ''],
    ['idleTimeoutSeconds', 4],
    ['maxRetries', -1],
    ['maxRetries', 11],
    ['idleTimeoutSeconds', Number.NaN],
  ];
  for (const [name, written] of bad) {
    it(`tell of ${name}: ${String(JSON.stringify(written))} and use the default`, () => {
      const { settings, problems } = read({ [name]: written });
      assert.equal(settings[name], settingRules[name].fallback);
      assert.deepEqual(problems, [name]);
      assert.notEqual(settingRules[name].expected(english), '');
    });
  }
});
