import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { Attachment } from '../../../src/core/prompt/attachment.ts';
import { answers, calls, Uri } from '../../fakes/vscode.ts';

const { attachFile } = await import('../../../src/host/panel/attach-file.ts');

/** As much of a document as is read. */
function documentOf(uri: Uri): object {
  const text = `The text of ${uri}`;
  return {
    uri,
    languageId: 'plaintext',
    isUntitled: false,
    lineCount: 1,
    getText: () => text,
    lineAt: () => ({ text, lineNumber: 0 }),
  };
}

describe('Attach File', () => {
  const [a, b, binary] = ['a.txt', 'b.txt', 'c.bin'].map((name) => new Uri(`file:///${name}`));
  let attached: readonly Attachment[] = [];
  const panels = {
    attach: (attachments: readonly Attachment[]) => {
      attached = attachments;
      return Promise.resolve();
    },
  };
  const texts = (): readonly string[] => attached.map(({ text }) => text);

  beforeEach(() => {
    attached = [];
    calls.length = 0;
    answers.set('workspace.openTextDocument', (uri: Uri) =>
      uri === binary ? Promise.reject(new Error('binary')) : Promise.resolve(documentOf(uri)),
    );
  });
  afterEach(() => answers.clear());

  it('attaches every selected file at once', async () => {
    await attachFile(panels, a, [a, b]);
    assert.deepEqual(texts(), ['The text of file:///a.txt', 'The text of file:///b.txt']);
  });

  it('attaches the one that a tab’s menu was opened on', async () => {
    await attachFile(panels, b, { groupId: 0 });
    assert.deepEqual(texts(), ['The text of file:///b.txt']);
  });

  it('attaches what can be sent, and names what can’t', async () => {
    await attachFile(panels, binary, [a, binary]);
    assert.deepEqual(texts(), ['The text of file:///a.txt']);
    const told = calls.filter(({ name }) => name === 'window.showInformationMessage');
    assert.equal(told.length, 1);
  });
});
