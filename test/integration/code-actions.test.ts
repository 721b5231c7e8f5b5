import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type EditorCodeMessage, runCodeAction } from '../../src/host/editor/code-block-actions.ts';
import { LastEditor } from '../../src/host/editor/last-editor.ts';
import { Notifications } from './notifications.ts';
import { closeAllEditors, openText } from './workspace.ts';

const code = 'if (a) {\n  b("$1", `}`);\n}\n';

const message = (action: EditorCodeMessage['action'], text = code, language = 'typescript') =>
  ({ type: 'code', action, replyId: 'r1', language, text }) as const;

describe('buttons of a code block', () => {
  before(closeAllEditors);
  afterEach(closeAllEditors);

  async function openAt(
    text: string,
    from: readonly [line: number, character: number],
    to = from,
  ): Promise<vscode.TextEditor> {
    const editor = await openText(text);
    editor.selection = new vscode.Selection(...from, ...to);
    return editor;
  }

  describe('insert', () => {
    it('puts the code at the cursor, indented like its line', async () => {
      const editor = await openAt('x {\n    \n}', [1, 4]);
      await runCodeAction(message('insert'), editor);
      assert.equal(editor.document.getText(), 'x {\n    if (a) {\n      b("$1", `}`);\n    }\n}');
    });

    it('replaces the selection, in one step to undo', async () => {
      const editor = await openAt('one two three', [0, 4], [0, 7]);
      await runCodeAction(message('insert', '2\n'), editor);
      assert.equal(editor.document.getText(), 'one 2 three');
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), 'one two three');
    });

    it("keeps the document's line ends and tabs", async () => {
      const editor = await openAt('\tx', [0, 2]);
      await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF));
      editor.options = { insertSpaces: false };
      await runCodeAction(message('insert'), editor);
      assert.equal(editor.document.getText(), '\txif (a) {\r\n\t\tb("$1", `}`);\r\n\t}');
    });

    it('leaves the cursor behind the code, and the focus in the editor', async () => {
      const editor = await openAt('', [0, 0]);
      await openText('another');
      await runCodeAction(message('insert'), editor);
      const { activeTextEditor } = vscode.window;
      assert.equal(activeTextEditor?.document, editor.document);
      assert.deepEqual(activeTextEditor?.selection.active, new vscode.Position(2, 1));
    });

    it('reaches a document behind another tab, where its cursor was', async () => {
      const editor = await openAt('ab', [0, 1]);
      await openText('another');
      await runCodeAction(message('insert', 'X'), editor);
      assert.equal(editor.document.getText(), 'aXb');
    });

    it('changes nothing that is read-only', async () => {
      const editor = await openAt('ab', [0, 1]);
      await vscode.commands.executeCommand(
        'workbench.action.files.setActiveEditorReadonlyInSession',
      );
      const notifications = new Notifications();
      await runCodeAction(message('insert', 'X'), editor);
      assert.match((await notifications.next()).message, /read-only/);
      notifications.dispose();
      assert.equal(editor.document.getText(), 'ab');
      await vscode.commands.executeCommand(
        'workbench.action.files.resetActiveEditorReadonlyInSession',
      );
    });

    it('opens nothing again that was closed', async () => {
      const editor = await openAt('ab', [0, 1]);
      await closeAllEditors();
      await runCodeAction(message('insert', 'X'), editor);
      await runCodeAction(message('insert', 'X'), undefined);
      assert.equal(vscode.window.activeTextEditor, undefined);
    });
  });

  describe('new file', () => {
    const languages: readonly [language: string, opened: string][] = [
      ['typescript', 'typescript'],
      ['shellscript', 'shellscript'],
      ['brainfuck', 'plaintext'],
    ];
    for (const [language, opened] of languages) {
      it(`is ${opened} for ${language}, and nowhere on disk`, async () => {
        await runCodeAction(message('new-file', code, language), undefined);
        const document = vscode.window.activeTextEditor?.document;
        assert.equal(document?.getText(), code);
        assert.equal(document?.languageId, opened);
        assert.equal(document?.isUntitled, true);
      });
    }

    it("opens in the editor's column", async () => {
      const editor = await openText('first');
      await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.Two);
      await runCodeAction(message('new-file'), editor);
      assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.One);
    });
  });

  describe('the last editor', () => {
    it('is remembered while something else has the focus', async () => {
      const editor = await openText('first');
      const last = new LastEditor();
      const panel = vscode.window.createWebviewPanel('test', 'Test', vscode.ViewColumn.Beside);
      try {
        const second = await openText('second');
        panel.reveal();
        assert.equal(last.current?.document, second.document);
        assert.notEqual(last.current?.document, editor.document);
      } finally {
        panel.dispose();
        last.dispose();
      }
    });
  });
});
