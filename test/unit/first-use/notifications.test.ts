import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { FailureAction } from '../../../src/core/claude/failure.ts';
import { commandIds } from '../../../src/host/command-ids.ts';
import { answers, calls } from '../../fakes/vscode.ts';

const { runFailureAction } = await import('../../../src/host/notifications.ts');
const { SettingsReader } = await import('../../../src/host/settings-reader.ts');

describe('a failure’s button', () => {
  afterEach(() => answers.clear());

  const cases: readonly [action: FailureAction, result: unknown, asksAgain: boolean][] = [
    ['retry', undefined, true],
    ['set-api-key', true, true],
    ['set-api-key', false, false],
    ['choose-model', true, false],
  ];
  for (const [action, result, asksAgain] of cases) {
    it(`${action} ${asksAgain ? 'asks again' : 'asks nothing'} where it gives ${result}`, async () => {
      answers.set('commands.executeCommand', async () => result);
      let asked = 0;
      await runFailureAction(action, () => void asked++);
      assert.equal(asked, asksAgain ? 1 : 0);
    });
  }

  it('sets the key by the command', async () => {
    calls.length = 0;
    await runFailureAction('set-api-key', () => {});
    assert.deepEqual(
      calls.map(({ given }) => given),
      [[commandIds.setApiKey]],
    );
  });
});

describe('settings that can’t be used', () => {
  const written: Record<string, unknown> = {};
  beforeEach(() => {
    Object.assign(written, { target: 'window', maxRetries: 99 });
    answers.set('workspace.getConfiguration().get', (name: string) => written[name]);
    answers.set('window.showWarningMessage', async () => 'Open Settings');
    calls.length = 0;
  });
  afterEach(() => answers.clear());

  const given = (name: string): readonly (readonly unknown[])[] =>
    calls.filter((call) => call.name === name).map((call) => call.given);
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('are told once, in one notification, and shown together', async () => {
    const reader = new SettingsReader();
    reader.read();
    reader.read();
    await settled();
    assert.deepEqual(given('window.showWarningMessage'), [
      [
        'The setting claudeStream.target is "window"; it must be panel or document. The default is used: panel. The setting claudeStream.maxRetries is 99; it must be a whole number from 0 to 10. The default is used: 2.',
        'Open Settings',
      ],
    ]);
    assert.deepEqual(given('commands.executeCommand'), [
      ['workbench.action.openSettings', '@id:claudeStream.target,claudeStream.maxRetries'],
    ]);
    written['effort'] = 'huge';
    reader.read();
    await settled();
    assert.equal(given('window.showWarningMessage').length, 2);
  });
});
