import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { Attachment } from '../../../src/core/prompt/attachment.ts';
import { answers } from '../../fakes/vscode.ts';

const { confirmSize } = await import('../../../src/host/ask/preflight-checks.ts');

describe('the question before much is sent', () => {
  const text = 'x'.repeat(1_300_000);
  const cases: readonly [kind: string, attachment: Attachment][] = [
    ['selection', { kind: 'quote', language: '', text }],
    ['diff', { kind: 'diff', label: 'staged changes', language: 'diff', text }],
  ];
  afterEach(() => answers.clear());

  for (const [kind, attachment] of cases) {
    it(`names a ${kind}`, async () => {
      const shown: string[] = [];
      answers.set('window.showWarningMessage', (message: string) => void shown.push(message));
      assert.equal(
        await confirmSize([{ kind: 'quote', language: '', text: 'a' }, attachment]),
        false,
      );
      assert.deepEqual(shown, [`Send a ${kind} of 1.3 MB?`]);
    });
  }
});
