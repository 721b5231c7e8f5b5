import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/command-ids.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../fakes/messages-api/simulator.ts';
import {
  activeEditorOf,
  closeAllEditors,
  openText,
  questionOf,
  useSimulator,
} from './workspace.ts';

describe('what goes with a question', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator(say('An answer.'));
    await useSimulator(simulator);
  });
  afterEach(closeAllEditors);
  after(async () => {
    await simulator[Symbol.asyncDispose]();
  });

  const ask = (): Promise<string> =>
    questionOf(simulator, () => vscode.commands.executeCommand(commandIds.ask, { prompt: 'Why?' }));

  it('is nothing without an editor', async () => {
    await closeAllEditors();
    assert.equal(await ask(), 'Why?');
  });

  it('is nothing without a selection', async () => {
    await openText('some text');
    assert.equal(await ask(), 'Why?');
  });

  it('is nothing in an empty document', async () => {
    await openText('');
    assert.equal(await ask(), 'Why?');
  });

  it('is the selection of an untitled document', async () => {
    const editor = await openText('let a = 1;\nlet b = 2;\n', 'javascript');
    editor.selection = new vscode.Selection(1, 0, 1, 10);
    const question = await ask();
    assert.match(
      question,
      /<selection file="Untitled-\d+" language="javascript" lines="2">\nlet b = 2;\n<\/selection>/,
    );
  });

  it('is every selection, in the order of the document', async () => {
    const editor = await openText('one\ntwo\nthree\n');
    editor.selections = [
      new vscode.Selection(2, 0, 2, 5),
      new vscode.Selection(1, 1, 1, 1),
      new vscode.Selection(0, 0, 0, 3),
    ];
    const question = await ask();
    const selections = [...question.matchAll(/<selection [^>]*lines="(\d)">\n(.*)\n/g)];
    assert.deepEqual(
      selections.map(([, line, text]) => [line, text]),
      [
        ['1', 'one'],
        ['3', 'three'],
      ],
    );
  });

  it('counts only lines that hold selected text', async () => {
    const editor = await openText('one\ntwo\nthree\n');
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    assert.match(await ask(), /<selection [^>]*lines="1-2">\none\ntwo\n\n<\/selection>/);
  });

  it('is the selection on either side of a diff editor', async () => {
    const [left, right] = await Promise.all(
      ['before', 'after'].map((content) => vscode.workspace.openTextDocument({ content })),
    );
    assert.ok(left !== undefined && right !== undefined);
    await vscode.commands.executeCommand('vscode.diff', left.uri, right.uri, 'A diff');
    const editor = await activeEditorOf(right);
    editor.selection = new vscode.Selection(0, 0, 0, 5);
    assert.match(await ask(), /<selection [^>]*>\nafter\n/);
  });

  it('is the selection of a notebook’s cell, with the cell’s number', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'first = 1', 'python'),
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'second = 2', 'python'),
      ]),
    );
    await vscode.window.showNotebookDocument(notebook, {
      selections: [new vscode.NotebookRange(1, 2)],
    });
    const shown = new Promise<vscode.TextEditor>((resolve) => {
      const subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor === undefined) return;
        subscription.dispose();
        resolve(editor);
      });
    });
    await vscode.commands.executeCommand('notebook.cell.edit');
    const editor = vscode.window.activeTextEditor ?? (await shown);
    editor.selection = new vscode.Selection(0, 0, 0, 6);
    const question = await ask();
    assert.match(question, /<selection file="Untitled-\d+\.ipynb, cell 2" language="python"/);
    assert.match(question, />\nsecond\n/);
  });

  it('has the enclosing function that the language server knows', async () => {
    // A language that no other extension knows: a slow server is not waited for.
    const editor = await openText('use a;\n\nfn outer() {\n  let x = a;\n  x\n}\n', 'rust');
    editor.selection = new vscode.Selection(3, 2, 3, 12);
    const provider = vscode.languages.registerDocumentSymbolProvider('rust', {
      provideDocumentSymbols: () => [
        new vscode.DocumentSymbol(
          'outer',
          '',
          vscode.SymbolKind.Function,
          new vscode.Range(2, 0, 5, 1),
          new vscode.Range(2, 3, 2, 8),
        ),
      ],
    });
    const question = await ask();
    provider.dispose();
    assert.match(question, /part="imports" lines="1">\nuse a;\n/);
    assert.match(question, /part="enclosing" lines="3-6">\nfn outer\(\) \{/);
  });
});
