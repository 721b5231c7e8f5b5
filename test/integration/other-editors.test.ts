import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Conversation } from '../../src/core/conversation/conversation.ts';
import { Reply } from '../../src/core/conversation/reply.ts';
import type { SelectionAttachment } from '../../src/core/prompt/attachment.ts';
import { commandIds } from '../../src/host/command-ids.ts';
import { insertAtCursor } from '../../src/host/editor/code-block-actions.ts';
import { LastEditor } from '../../src/host/editor/last-editor.ts';
import { readSelections } from '../../src/host/editor/read-selections.ts';
import { openNewFile } from '../../src/host/editor/show-document.ts';
import { SourceTracker } from '../../src/host/editor/source-tracker.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../fakes/messages-api/simulator.ts';
import { MemoryFiles } from './memory-files.ts';
import { Notifications } from './notifications.ts';
import {
  activeEditorOf,
  closeAllEditors,
  documentChange,
  openText,
  questionOf,
  useSimulator,
} from './workspace.ts';

/** What each place holds; `beta` is selected in it. */
const text = 'alpha\nbeta\ngamma\n';
const beta = new vscode.Selection(1, 0, 1, 4);

/** Somewhere that text can be selected, other than a file of the disk. */
interface Place {
  readonly name: string;
  /** Shows it, with `beta` selected and the focus in it. */
  readonly open: () => Promise<vscode.TextEditor>;
  /** How it is called in a question. */
  readonly file: RegExp;
  /** Null where code can be inserted there, else how the reason begins. */
  readonly noInsertion: RegExp | null;
}

describe('other editors', () => {
  let simulator: Simulator;
  let lastEditor: LastEditor;
  const files = new MemoryFiles();
  const disposables: vscode.Disposable[] = [];
  before(async () => {
    await closeAllEditors();
    simulator = await startSimulator(say('An answer.'));
    await useSimulator(simulator);
    lastEditor = new LastEditor();
    disposables.push(
      lastEditor,
      vscode.workspace.registerFileSystemProvider('claude-vfs', files),
      vscode.workspace.registerFileSystemProvider('claude-vfs-readonly', files, {
        isReadonly: true,
      }),
      vscode.workspace.registerTextDocumentContentProvider('claude-content', {
        provideTextDocumentContent: () => text,
      }),
    );
  });
  beforeEach(() => {
    files.write('/project/notes.txt', text);
    simulator.answer(say('An answer.'));
  });
  afterEach(closeAllEditors);
  after(async () => {
    for (const disposable of disposables) disposable.dispose();
    await simulator[Symbol.asyncDispose]();
  });

  async function select(uri: vscode.Uri): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const editor = await activeEditorOf(document);
    editor.selection = beta;
    return editor;
  }

  async function openCell(): Promise<vscode.TextEditor> {
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'first = 1', 'python'),
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python'),
      ]),
    );
    await vscode.window.showNotebookDocument(notebook, {
      selections: [new vscode.NotebookRange(1, 2)],
    });
    const cell = notebook.cellAt(1).document;
    const active = activeEditorOf(cell);
    await vscode.commands.executeCommand('notebook.cell.edit');
    const editor = await active;
    editor.selection = beta;
    return editor;
  }

  async function openDiff(side: 'left' | 'right'): Promise<vscode.TextEditor> {
    files.write('/project/before.txt', text);
    const left = vscode.Uri.from({ scheme: 'claude-content', path: '/before.txt' });
    const right = vscode.Uri.from({ scheme: 'claude-vfs', path: '/project/notes.txt' });
    await vscode.commands.executeCommand('vscode.diff', left, right, 'A diff');
    const active = await activeEditorOf(await vscode.workspace.openTextDocument(right));
    if (side === 'right') {
      active.selection = beta;
      return active;
    }
    const original = activeEditorOf(await vscode.workspace.openTextDocument(left));
    await vscode.commands.executeCommand('workbench.action.compareEditor.focusSecondarySide');
    const editor = await original;
    editor.selection = beta;
    return editor;
  }

  const places: readonly Place[] = [
    {
      name: 'an untitled document',
      open: async () => {
        const editor = await openText(text);
        editor.selection = beta;
        return editor;
      },
      file: /^Untitled-\d+$/,
      noInsertion: null,
    },
    {
      name: 'a notebook’s cell',
      open: openCell,
      file: /^Untitled-\d+\.ipynb, cell 2$/,
      noInsertion: null,
    },
    {
      name: 'the right side of a diff',
      open: () => openDiff('right'),
      file: /notes\.txt$/,
      noInsertion: null,
    },
    {
      name: 'the left side of a diff',
      open: () => openDiff('left'),
      file: /before\.txt$/,
      noInsertion: /read-only/,
    },
    {
      name: 'a virtual file system',
      open: () => select(vscode.Uri.from({ scheme: 'claude-vfs', path: '/project/notes.txt' })),
      file: /notes\.txt$/,
      noInsertion: null,
    },
    {
      name: 'a virtual file system that can’t be written',
      open: () =>
        select(vscode.Uri.from({ scheme: 'claude-vfs-readonly', path: '/project/notes.txt' })),
      file: /notes\.txt$/,
      noInsertion: /read-only/,
    },
    {
      name: 'a document that an extension provides',
      open: () => select(vscode.Uri.from({ scheme: 'claude-content', path: '/notes.txt' })),
      file: /notes\.txt$/,
      noInsertion: /read-only/,
    },
  ];

  for (const { name, open, file, noInsertion } of places) {
    describe(name, () => {
      it('is asked about by its name, with what is selected', async () => {
        const editor = await open();
        const [attachment, ...others] = await readSelections(editor);
        assert.equal(others.length, 0);
        assert.match(attachment?.file ?? '', file);
        assert.deepEqual([attachment?.text, attachment?.lines.from], ['beta', 2]);
        const question = await questionOf(simulator, () =>
          vscode.commands.executeCommand(commandIds.ask, { prompt: 'Why?' }),
        );
        assert.match(question, /<selection file="[^"]+" language="\w+" lines="2">\nbeta\n</);
      });

      it('is explained into a document', async () => {
        await open();
        const question = await questionOf(simulator, () =>
          vscode.commands.executeCommand(commandIds.askInDocument, { prompt: 'Why?' }),
        );
        assert.match(question, />\nbeta\n</);
        const answered = vscode.workspace.textDocuments.find(
          ({ languageId, isUntitled }) => languageId === 'markdown' && isUntitled,
        );
        assert.ok(answered !== undefined);
        await documentChange(answered, (now) => now.includes('An answer.'));
      });

      it('can be led back to', async () => {
        const editor = await open();
        const [attachment] = await readSelections(editor);
        assert.ok(attachment !== undefined);
        const { uri } = editor.document;
        // Another tab in front of it.
        await openText('elsewhere');
        await leadBack(attachment);
        if (uri.scheme === 'vscode-notebook-cell') {
          // The cell as such: where the cursor stands in it is the notebook's own affair.
          const { activeNotebookEditor } = vscode.window;
          assert.deepEqual(activeNotebookEditor?.selection, new vscode.NotebookRange(1, 2));
          return;
        }
        const shown = vscode.window.activeTextEditor;
        assert.equal(shown?.document.uri.toString(), uri.toString());
        assert.equal(shown?.document.getText(shown.selection), 'beta');
      });

      it(`${noInsertion === null ? 'takes' : 'says why it doesn’t take'} code at the cursor`, async () => {
        const editor = await open();
        const { document } = editor;
        assert.ok(lastEditor.current === editor, 'the last editor');
        const reason = await insertAtCursor('BETA\n', lastEditor.current);
        if (noInsertion === null) {
          assert.equal(reason, null);
          assert.equal(document.getText(), text.replace('beta', 'BETA'));
        } else {
          assert.match(reason ?? '', noInsertion);
          assert.equal(document.getText(), text);
        }
      });

      it(`${noInsertion === null ? 'has its selection replaced' : 'says why nothing in it is replaced'}`, async () => {
        const { document } = await open();
        const { length } = simulator.messages;
        simulator.answer(say('```\nBETA\n```'));
        using notifications = new Notifications();
        await vscode.commands.executeCommand(commandIds.replaceSelection, { prompt: 'Louder' });
        if (noInsertion === null) {
          await vscode.commands.executeCommand(commandIds.acceptReplacement);
          assert.equal(document.getText(), text.replace('beta', 'BETA'));
        } else {
          assert.match((await notifications.next()).message, noInsertion);
          assert.equal(document.getText(), text);
          assert.equal(simulator.messages.length, length, 'nothing is asked in vain');
        }
      });

      it(`${noInsertion === null ? 'takes' : 'says why it doesn’t take'} a reply at the cursor`, async () => {
        const { document } = await open();
        const { length } = simulator.messages;
        const isProse = document.languageId === 'plaintext';
        simulator.answer(say(isProse ? 'BETA' : '```\nBETA\n```', { deltaLength: 2 }));
        using notifications = new Notifications();
        const asked = vscode.commands.executeCommand(commandIds.askAtCursor, { prompt: 'More' });
        if (noInsertion === null) {
          await asked;
          assert.equal(document.getText(), text.replace('beta', 'betaBETA'));
        } else {
          assert.match((await notifications.next()).message, noInsertion);
          await asked;
          assert.equal(document.getText(), text);
          assert.equal(simulator.messages.length, length, 'nothing is asked in vain');
        }
      });

      it('gives a new file a place', async () => {
        const editor = await open();
        await openNewFile('new', 'typescript', editor.viewColumn);
        const { activeTextEditor } = vscode.window;
        assert.equal(activeTextEditor?.document.getText(), 'new');
        assert.equal(activeTextEditor?.document.isUntitled, true);
      });
    });
  }

  it('of the output are asked about, and code isn’t inserted there', async () => {
    const channel = vscode.window.createOutputChannel('Other editors');
    disposables.push(channel);
    const editor = await openText('code');
    channel.append(text);
    const shown = new Promise<vscode.TextEditor>((resolve) => {
      const subscription = vscode.window.onDidChangeVisibleTextEditors((editors) => {
        const output = editors.find(({ document }) => document.uri.scheme === 'output');
        if (output === undefined) return;
        subscription.dispose();
        resolve(output);
      });
    });
    channel.show();
    const output = await shown;
    await documentChange(output.document, (now) => now.includes('gamma'));
    output.selection = beta;
    const [attachment] = await readSelections(output);
    assert.equal(attachment?.text, 'beta');
    assert.match(attachment?.file ?? '', /Other editors/);
    assert.ok(lastEditor.current === editor, 'the last editor');
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('of 50,000 lines give their selection, what is nearby, and a link', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `line ${index + 1}`);
    const editor = await openText(lines.join('\n'));
    editor.selection = new vscode.Selection(39_999, 0, 39_999, 10);
    const [attachment] = await readSelections(editor);
    assert.deepEqual(
      [attachment?.text, attachment?.lines],
      ['line 40000', { from: 40_000, to: 40_000 }],
    );
    assert.deepEqual(
      attachment?.surroundings.map(({ lines: { from, to } }) => [from, to]),
      [
        [39_980, 39_999],
        [40_001, 40_020],
      ],
    );
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'one more\n'));
    assert.ok(attachment !== undefined);
    await leadBack(attachment);
    assert.equal(vscode.window.activeTextEditor?.selection.start.line, 40_000);
    const reason = await insertAtCursor('replaced', vscode.window.activeTextEditor);
    assert.equal(reason, null);
    assert.equal(editor.document.lineAt(40_000).text, 'replaced');
  });

  it('without a language are plain text', async () => {
    files.write('/project/notes.xyzzy', text);
    const uri = vscode.Uri.from({ scheme: 'claude-vfs', path: '/project/notes.xyzzy' });
    const [attachment] = await readSelections(await select(uri));
    assert.equal(attachment?.language, 'plaintext');
  });
});

/** What the link above a reply does. */
async function leadBack(attachment: SelectionAttachment): Promise<void> {
  const conversation = new Conversation(() => 0);
  const anchors = new SourceTracker(conversation, () => {});
  const reply = new Reply('r1', 'claude-sonnet-5-5', 0);
  const turn = {
    after: null,
    prompt: { kind: 'explain' },
    attachments: [attachment],
    reply,
  } as const;
  conversation.add(turn);
  await anchors.openSource(turn, 0, vscode.ViewColumn.One);
  anchors.dispose();
}
