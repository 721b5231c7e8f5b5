import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { SelectionAttachment } from '../../../src/core/prompt/attachment.ts';
import { answers, calls } from '../../fakes/vscode.ts';

const { checkSecrets } = await import('../../../src/host/ask/preflight-checks.ts');

// In two pieces, so that nobody takes it for one.
const secret = ['ghp_', '9aK3mQx7LpR2vT5wYz8bC1dF4gH6jN0sUeXi'].join('');

function file(name: string, text: string): SelectionAttachment {
  const lines = { from: 1, to: 1 };
  const uri = `file:///${name}`;
  return {
    kind: 'selection',
    file: name,
    language: 'plaintext',
    lines,
    text,
    surroundings: [],
    uri,
  };
}

const harmless = file('a.ts', 'let a = 1;');
const holding = file('b.ts', `const token = '${secret}';`);

describe('files that may contain secrets', () => {
  afterEach(() => answers.clear());

  const check = (text: string, canLeaveOut: boolean) =>
    checkSecrets(
      { prompt: { kind: 'free', text }, attachments: [harmless, holding] },
      new Set(),
      canLeaveOut,
    );

  function press(...buttons: readonly string[]): readonly (readonly unknown[])[] {
    const left = [...buttons];
    const shown: (readonly unknown[])[] = [];
    calls.length = 0;
    answers.set('window.showWarningMessage', (...given: readonly unknown[]) => {
      shown.push(given.slice(2));
      return Promise.resolve(left.shift());
    });
    return shown;
  }

  it('can be left out, and the others go as they are', async () => {
    const shown = press('Leave Out');
    assert.deepEqual((await check('Why?', true))?.attachments, [harmless]);
    assert.deepEqual(shown, [['Redact and Send', 'Leave Out', 'Send As It Is']]);
  });

  it('are asked about again where the prompt holds one, too', async () => {
    const shown = press('Leave Out', 'Redact and Send');
    const checked = await check(`What is ${secret}?`, true);
    assert.deepEqual(checked?.attachments, [harmless]);
    assert.doesNotMatch(JSON.stringify(checked), new RegExp(secret));
    assert.deepEqual(shown[1], ['Redact and Send', 'Send As It Is']);
  });

  it('can’t be left out of a question about them', async () => {
    const shown = press();
    assert.equal(await check('Why?', false), null);
    assert.deepEqual(shown, [['Redact and Send', 'Send As It Is']]);
  });
});
