import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DocumentWriter } from '../../src/host/document/document-writer.ts';
import { InsertionPoint } from '../../src/host/document/insertion-point.ts';
import { closeAllEditors, documentChange, openText } from './workspace.ts';

describe('document writer', () => {
  let point: InsertionPoint | undefined;
  let writer: DocumentWriter | undefined;
  afterEach(async () => {
    writer?.dispose();
    point?.dispose();
    await closeAllEditors();
  });

  async function openEmpty(): Promise<vscode.TextEditor> {
    const editor = await openText('', 'markdown');
    point = new InsertionPoint(editor.document);
    writer = new DocumentWriter(point);
    return editor;
  }

  /** Types as a user would: an edit that meets another one is made again. */
  async function type(
    editor: vscode.TextEditor,
    at: () => vscode.Position,
    text: string,
  ): Promise<void> {
    while (!(await editor.edit((change) => change.insert(at(), text)))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('writes everything in order, in far fewer edits than pieces', async () => {
    const { document } = await openEmpty();
    let edits = 0;
    const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document) edits++;
    });
    let expected = '';
    for (let piece = 0; piece < 2000; piece++) {
      const text = `${piece} `;
      expected += text;
      writer?.write(text);
      if (piece % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await writer?.finish();
    subscription.dispose();
    assert.equal(document.getText(), expected);
    assert.ok(edits < 60, `${edits} edits`);
  });

  it('is undone by one undo and done again by one redo', async () => {
    const { document } = await openEmpty();
    for (const text of ['one ', 'two ', 'three']) {
      writer?.write(text);
      await documentChange(document, (all) => all.endsWith(text));
    }
    await writer?.finish();
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), '');
    await vscode.commands.executeCommand('redo');
    assert.equal(document.getText(), 'one two three');
  });

  const places: readonly [name: string, at: (end: number) => number, expected: string][] = [
    ['before the reply', () => 0, 'MINE first. second.'],
    ['inside the reply', () => 3, 'firMINE st. second.'],
    ['right behind the reply', (end) => end, 'first. second.MINE '],
  ];
  for (const [name, at, expected] of places) {
    it(`leaves alone what is typed ${name}`, async () => {
      const editor = await openEmpty();
      const { document } = editor;
      writer?.write('first. ');
      await documentChange(document, (all) => all === 'first. ');
      await type(editor, () => document.positionAt(at(document.getText().length)), 'MINE ');
      writer?.write('second.');
      await writer?.finish();
      assert.equal(document.getText(), expected);
    });
  }

  it('goes on in place when the user deletes around it', async () => {
    const editor = await openEmpty();
    const { document } = editor;
    writer?.write('0123456789');
    await documentChange(document, (all) => all === '0123456789');
    await editor.edit((change) => change.delete(new vscode.Range(0, 2, 0, 4)));
    writer?.write('abc');
    await documentChange(document, (all) => all.endsWith('abc'));
    await editor.edit((change) => change.delete(new vscode.Range(0, 6, 0, 11)));
    writer?.write('xyz');
    await writer?.finish();
    assert.equal(document.getText(), '014567xyz');
  });

  it('survives typing at the same time', async () => {
    const editor = await openEmpty();
    const { document } = editor;
    await editor.edit((change) => change.insert(new vscode.Position(0, 0), '\n\nnotes:'));
    writer?.dispose();
    point?.dispose();
    point = new InsertionPoint(document);
    writer = new DocumentWriter(point);
    const reply = Array.from({ length: 300 }, (_, index) => `word${index} `);
    const typing = (async () => {
      for (let count = 0; count < 25; count++) {
        await type(editor, () => document.lineAt(document.lineCount - 1).range.end, 'k');
      }
    })();
    for (const text of reply) {
      writer.write(text);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await typing;
    await writer.finish();
    const text = document.getText();
    assert.ok(text.startsWith(reply.join('')), 'the reply is in one piece');
    assert.ok(text.endsWith(`notes:${'k'.repeat(25)}`), 'every key is there');
  });

  it('keeps text for a document that no editor shows, and writes it in the end', async () => {
    const { document } = await openEmpty();
    writer?.write('seen ');
    await documentChange(document, (all) => all === 'seen ');
    const other = await vscode.workspace.openTextDocument({ content: 'another' });
    await vscode.window.showTextDocument(other, { viewColumn: vscode.ViewColumn.One });
    writer?.write('unseen');
    await writer?.finish();
    assert.equal(document.getText(), 'seen unseen');
  });

  it('writes on as soon as the document is shown again', async () => {
    const { document } = await openEmpty();
    const other = await vscode.workspace.openTextDocument({ content: 'another' });
    await vscode.window.showTextDocument(other, { viewColumn: vscode.ViewColumn.One });
    writer?.write('waiting');
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
    await documentChange(document, (all) => all === 'waiting');
  });

  it('writes into a document with CRLF line ends', async () => {
    const editor = await openEmpty();
    await editor.edit((change) => change.setEndOfLine(vscode.EndOfLine.CRLF));
    for (const text of ['one\n', 'two\n', 'three\n']) {
      writer?.write(text);
      await documentChange(editor.document, (all) => all.includes(text.trim()));
    }
    await writer?.finish();
    assert.equal(editor.document.getText(), 'one\r\ntwo\r\nthree\r\n');
  });

  it('goes on where an earlier writer ended, with the user’s edits in between', async () => {
    const editor = await openEmpty();
    writer?.write('one ');
    await writer?.finish();
    await type(editor, () => new vscode.Position(0, 0), '> ');
    assert.ok(point);
    assert.ok(point.isPrecededBy('one '));
    writer = new DocumentWriter(point);
    writer.write('two');
    await writer.finish();
    assert.equal(editor.document.getText(), '> one two');
  });

  it('stops where the document is closed', async () => {
    await openEmpty();
    writer?.write('gone');
    await closeAllEditors();
    writer?.dispose();
    writer?.write('never');
    await writer?.finish();
  });
});
