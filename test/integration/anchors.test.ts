import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Conversation, type Turn } from '../../src/core/conversation/conversation.ts';
import { Reply } from '../../src/core/conversation/reply.ts';

import type { SourceView } from '../../src/core/protocol/to-webview.ts';
import { SourceTracker } from '../../src/host/editor/source-tracker.ts';
import { closeAllEditors, showDocument } from './workspace.ts';

const code = 'function two() {\n  return 2;\n}\n';
const before = 'const one = 1;\n';
const text = `${before}${code}const three = 3;\n`;

describe('what a turn was asked about, in real documents', () => {
  let folder: string;
  let uri: vscode.Uri;
  let conversation: Conversation;
  let turn: Turn;
  let anchors: SourceTracker;
  let shown: SourceView | undefined;
  let heard: (() => void) | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'claude-stream-anchors-'));
    uri = vscode.Uri.file(join(folder, 'foo.ts'));
    await writeFile(uri.fsPath, text);
    conversation = new Conversation(() => 0);
    turn = {
      after: null,
      prompt: { kind: 'explain' },
      attachments: [
        {
          kind: 'selection',
          file: 'src/foo.ts',
          language: 'typescript',
          lines: { from: 2, to: 4 },
          text: code,
          surroundings: [],
          uri: uri.toString(),
        },
      ],
      reply: new Reply('reply-1', 'm', 0),
    };
    conversation.add(turn);
    begin();
  });
  afterEach(async () => {
    anchors.dispose();
    await closeAllEditors();
    await rm(folder, { recursive: true, force: true });
  });

  /** As a panel does that opens, and one that comes back with its window. */
  function begin(): void {
    shown = undefined;
    anchors = new SourceTracker(conversation, (message) => {
      if (message.type !== 'sources') return;
      shown = message.sources[0];
      heard?.();
    });
  }

  /** Until the link says so. */
  async function says(label: string, stale = false): Promise<void> {
    while (shown?.label !== label || shown.stale !== stale) {
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  }

  const show = async (): Promise<vscode.TextEditor> =>
    showDocument(await vscode.workspace.openTextDocument(uri));

  /** Follows the link, and gives the text that is selected then. */
  async function follow(): Promise<string> {
    await anchors.openSource(turn, 0, vscode.ViewColumn.One);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), uri.toString());
    return editor.document.getText(editor.selection);
  }

  const edit = (change: (builder: vscode.TextEditorEdit) => void) => async (): Promise<void> => {
    assert.ok(await (await show()).edit(change));
  };
  const insertAbove = edit((builder) => builder.insert(new vscode.Position(0, 0), '// new\n\n'));
  const changeCode = edit((builder) => builder.insert(new vscode.Position(2, 10), '1 + '));

  it('opens at its lines where its document isn’t open', async () => {
    assert.equal(await follow(), code);
    await says('src/foo.ts:2–4');
  });

  it('follows what is put in above it, and back', async () => {
    await show();
    await says('src/foo.ts:2–4');
    await insertAbove();
    await says('src/foo.ts:4–6');
    assert.equal(await follow(), code);
    await vscode.commands.executeCommand('undo');
    await says('src/foo.ts:2–4');
  });

  it('follows what is put in below it, by staying', async () => {
    await show();
    await edit((builder) => builder.insert(new vscode.Position(4, 0), 'more();\n'))();
    assert.equal(await follow(), code);
    await says('src/foo.ts:2–4');
  });

  it('is stale once the code itself is another, and not after undo', async () => {
    await show();
    await changeCode();
    await says('src/foo.ts:2–4', true);
    await vscode.commands.executeCommand('undo');
    await says('src/foo.ts:2–4');
    await vscode.commands.executeCommand('redo');
    await says('src/foo.ts:2–4', true);
  });

  it('isn’t stale once somebody has typed the same text again', async () => {
    await show();
    await changeCode();
    await says('src/foo.ts:2–4', true);
    await edit((builder) => builder.delete(new vscode.Range(2, 10, 2, 14)))();
    await says('src/foo.ts:2–4');
  });

  it('is stale where the code was deleted, and comes back with undo', async () => {
    await show();
    await edit((builder) => builder.delete(new vscode.Range(1, 0, 4, 0)))();
    await says('src/foo.ts:2', true);
    await vscode.commands.executeCommand('undo');
    await says('src/foo.ts:2–4');
    assert.equal(await follow(), code);
  });

  it('follows several edits at once', async () => {
    await show();
    await edit((builder) => {
      builder.insert(new vscode.Position(0, 0), 'a\n');
      builder.replace(new vscode.Range(0, 6, 0, 9), 'won');
      builder.insert(new vscode.Position(5, 0), 'b\n');
    })();
    await says('src/foo.ts:3–5');
    assert.equal(await follow(), code);
  });

  it('is found where its file was changed on the disk and read again', async () => {
    await show();
    await says('src/foo.ts:2–4');
    await writeFile(uri.fsPath, `// from\n// elsewhere\n${text}`);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await says('src/foo.ts:4–6');
    assert.equal(await follow(), code);
  });

  it('is found again after its document was closed and its file was changed', async () => {
    await show();
    await says('src/foo.ts:2–4');
    await closeAllEditors();
    await writeFile(uri.fsPath, `// while nobody looked\n${text}`);
    assert.equal(await follow(), code);
    await says('src/foo.ts:3–5');
  });

  it('is found again after the window was reloaded, in a file that was changed meanwhile', async () => {
    anchors.dispose();
    await writeFile(uri.fsPath, `// while the window was away\n${text}`);
    begin();
    assert.equal(await follow(), code);
    await says('src/foo.ts:3–5');
  });

  it('is stale after a reload where the code was changed meanwhile, and opens near by', async () => {
    anchors.dispose();
    await writeFile(uri.fsPath, text.replace('return 2', 'return 1 + 1'));
    begin();
    assert.match(await follow(), /return 1 \+ 1/);
    await says('src/foo.ts:2–4', true);
  });

  it('has lines of either kind of end', async () => {
    await writeFile(uri.fsPath, text.replaceAll('\n', '\r\n'));
    assert.equal((await follow()).replaceAll('\r\n', '\n'), code);
    await says('src/foo.ts:2–4');
  });

  it('stays where the ends of all lines become others', async () => {
    await show();
    await says('src/foo.ts:2–4');
    await edit((builder) => builder.setEndOfLine(vscode.EndOfLine.CRLF))();
    await insertAbove();
    await says('src/foo.ts:4–6');
  });

  it('says so where the file is gone, and opens nothing', async () => {
    await rm(uri.fsPath);
    const said: string[] = [];
    const { showWarningMessage } = vscode.window;
    const listen = (message: string): Promise<undefined> => {
      said.push(message);
      return Promise.resolve(undefined);
    };
    Object.defineProperty(vscode.window, 'showWarningMessage', {
      value: listen,
      configurable: true,
    });
    try {
      await anchors.openSource(turn, 0, vscode.ViewColumn.One);
    } finally {
      Object.defineProperty(vscode.window, 'showWarningMessage', {
        value: showWarningMessage,
        configurable: true,
      });
    }
    assert.match(said.join(), /src\/foo\.ts can’t be opened/);
    assert.equal(vscode.window.activeTextEditor, undefined);
  });
});
