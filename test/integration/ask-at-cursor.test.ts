import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/command-ids.ts';
import { Gate, type Script, say, sayThen } from '../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../fakes/messages-api/simulator.ts';
import { Notifications } from './notifications.ts';
import { closeAllEditors, documentChange, openFile, openText, useSimulator } from './workspace.ts';

const run = (command: string, ...args: readonly unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(command, ...args);

describe('a reply that streams into a document', () => {
  let simulator: Simulator;
  let folder: string;
  let notifications: Notifications;
  const faults: unknown[] = [];
  const noteFault = (fault: unknown): void => void faults.push(fault);
  before(async () => {
    simulator = await startSimulator(say('An answer.'));
    await useSimulator(simulator);
    folder = await mkdtemp(join(tmpdir(), 'claude-stream-cursor-'));
    process.on('unhandledRejection', noteFault);
    process.on('uncaughtException', noteFault);
  });
  beforeEach(() => {
    notifications = new Notifications();
  });
  afterEach(async () => {
    notifications.dispose();
    await vscode.workspace.saveAll(false);
    await closeAllEditors();
    assert.deepEqual(faults, []);
  });
  after(async () => {
    process.off('unhandledRejection', noteFault);
    process.off('uncaughtException', noteFault);
    await simulator[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  let files = 0;
  /** Opens a file with the cursor where `|` stands. */
  async function openAt(marked: string, ending = 'ts'): Promise<vscode.TextEditor> {
    const path = join(folder, `file${files++}.${ending}`);
    const editor = await openFile(path, marked.replace('|', ''));
    const at = editor.document.positionAt(marked.indexOf('|'));
    editor.selection = new vscode.Selection(at, at);
    return editor;
  }

  function askAtCursor(script: Script, prompt = 'Go on'): Thenable<unknown> {
    simulator.answer(script);
    return run(commandIds.askAtCursor, { prompt });
  }

  const code = '```ts\nif (a) {\n  b("$1");\n}\n```\n';
  const shapes: readonly [name: string, before: string, after: string][] = [
    ['spaces, LF', 'x {\n    |\n}\n', 'x {\n    if (a) {\n      b("$1");\n    }\n}\n'],
    ['tabs, LF', 'x {\n\t|\n}\n', 'x {\n\tif (a) {\n\t\tb("$1");\n\t}\n}\n'],
    [
      'spaces, CRLF',
      'x {\r\n    |\r\n}\r\n',
      'x {\r\n    if (a) {\r\n      b("$1");\r\n    }\r\n}\r\n',
    ],
    ['tabs, CRLF', 'x {\r\n\t|\r\n}\r\n', 'x {\r\n\tif (a) {\r\n\t\tb("$1");\r\n\t}\r\n}\r\n'],
  ];
  for (const [name, marked, expected] of shapes) {
    it(`is code alone at a cursor in code, indented like its line (${name})`, async () => {
      const { document } = await openAt(marked);
      await askAtCursor(say(code, { deltaLength: 1 }));
      assert.equal(document.getText(), expected);
      await run('undo');
      assert.equal(document.getText(), marked.replace('|', ''), 'one step to undo');
    });
  }

  it('tells Claude where the cursor is, and what stands around it', async () => {
    await openAt('one\ntwo|\nthree\n');
    const asked = simulator.nextMessage();
    await askAtCursor(say(code), 'Go on here');
    const { body } = await asked;
    assert.match(String(body?.system), /exactly one fenced code block/);
    const question = String(body?.messages.at(-1)?.content);
    assert.match(question, /one\ntwo\nthree/);
    assert.match(question, /Go on here\n\nThe block .* at line 2, column 4 of .*file\d+\.ts:/);
  });

  it('is the whole reply at a cursor in prose', async () => {
    const { document } = await openAt('# Title\n\n|\n\nThe end.\n', 'md');
    await askAtCursor(say('Some words:\n\n```js\na();\n```\n', { deltaLength: 3 }));
    assert.equal(document.getText(), '# Title\n\nSome words:\n\n```js\na();\n```\n\n\nThe end.\n');
  });

  it('goes behind what is selected, and that goes with the question', async () => {
    const editor = await openAt('|a();\nb();\n');
    editor.selection = new vscode.Selection(0, 4, 0, 0);
    const asked = simulator.nextMessage();
    await askAtCursor(say('```\nc();\n```'));
    assert.match(String((await asked).body?.messages.at(-1)?.content), /lines="1">\na\(\);\n</);
    assert.equal(editor.document.getText(), 'a();c();\nb();\n');
  });

  it('is code alone in a new document of the language that is asked for', async () => {
    simulator.answer(say('Of course:\n```python\ndef a():\n    pass\n```\nThat is it.'));
    await run(commandIds.askInDocument, { prompt: 'A function', language: 'python' });
    const document = vscode.workspace.textDocuments.find(
      ({ isUntitled, isClosed }) => isUntitled && !isClosed,
    );
    assert.equal(document?.languageId, 'python');
    assert.equal(document?.getText(), 'def a():\n    pass');
  });

  it('needs an editor', async () => {
    await closeAllEditors();
    await run(commandIds.askAtCursor, { prompt: 'Anything' });
    assert.match((await notifications.next()).message, /Put the cursor/);
  });

  it('says so where the editor is read-only, and offers to copy', async () => {
    const { document } = await openAt('a|\n');
    await run('workbench.action.files.setActiveEditorReadonlyInSession');
    try {
      const asked = askAtCursor(say(code));
      const shown = await notifications.next();
      assert.match(shown.message, /read-only/);
      assert.deepEqual(shown.buttons, ['Copy the Reply']);
      await asked;
      assert.equal(document.getText(), 'a\n');
    } finally {
      await run('workbench.action.files.resetActiveEditorReadonlyInSession');
    }
  });

  it('leaves no words of its own in code where it breaks, and goes on', async () => {
    const { document } = await openAt('|\n');
    await askAtCursor(sayThen('```\none\ntw', 'close'));
    assert.equal(document.getText(), 'one\n');
    const shown = await notifications.next();
    assert.ok(shown.buttons.includes('Continue'));
    simulator.answer(say('o\nthree\n```'));
    shown.press('Continue');
    await documentChange(document, (text) => text === 'one\ntwo\nthree\n');
  });

  describe('in mid-stream', () => {
    const first = 'First line.\n';
    const second = 'Second line.\n';

    /** A reply that has come half way; `finish` lets it go on to its end. */
    async function halfway(marked: string): Promise<{
      readonly document: vscode.TextDocument;
      readonly socket: Promise<string>;
      readonly finish: () => Promise<void>;
    }> {
      const { document } = await openAt(marked, 'md');
      const gate = new Gate();
      const arrived = simulator.nextMessage();
      const asked = askAtCursor(say(first + second, { gate, holdAfter: first.length }));
      await documentChange(document, (text) => text.includes('First line.'));
      const finish = async (): Promise<void> => {
        gate.open();
        await asked;
      };
      const socket = arrived.then(({ ended }) => ended);
      return { document, socket, finish };
    }

    /** A reply of two lines and much more; `next` waits until there is this. */
    async function inPieces(marked: string) {
      const { document } = await openAt(marked, 'md');
      const gate = new Gate();
      const more = 'and more '.repeat(2000);
      const script = say(first + second + more, { gate, holdAfter: first.length, paceMs: 5 });
      const asked = askAtCursor(script);
      const next = async (text: string): Promise<void> => {
        if (text !== 'First') gate.open();
        await documentChange(document, (all) => all.includes(text));
      };
      return { document, next, asked };
    }

    async function saveTrimmed(document: vscode.TextDocument): Promise<void> {
      const files = vscode.workspace.getConfiguration('files', document);
      const names = ['trimTrailingWhitespace', 'insertFinalNewline'];
      const set = async (value: true | undefined): Promise<void> => {
        for (const name of names) {
          await files.update(name, value, vscode.ConfigurationTarget.Global);
        }
      };
      await set(true);
      await document.save();
      await set(undefined);
    }

    for (const [name, end] of [
      ['LF', '\n'],
      ['CRLF', '\r\n'],
    ] as const) {
      describe(`with ${name}`, () => {
        const shaped = (text: string): string => text.replaceAll('\n', end);
        const half = () => halfway(shaped('above\n|\nbelow\n'));
        const whole = shaped(`above\n${first}${second}\nbelow\n`);

        it('may be saved', async () => {
          const { document, finish } = await half();
          await document.save();
          assert.match(await readFile(document.uri.fsPath, 'utf8'), /First line/);
          await finish();
          assert.equal(document.getText(), whole);
        });

        it('may be edited elsewhere', async () => {
          const { document, finish } = await half();
          const edit = new vscode.WorkspaceEdit();
          edit.insert(document.uri, new vscode.Position(0, 0), 'far ');
          edit.insert(document.uri, new vscode.Position(document.lineCount - 1, 0), 'last');
          await vscode.workspace.applyEdit(edit);
          await finish();
          assert.equal(document.getText(), `far ${whole}last`);
        });

        it('may be reverted: the user’s text is there, and the rest follows', async () => {
          const { document, finish } = await half();
          await run('workbench.action.files.revert');
          assert.equal(document.getText(), shaped('above\n\nbelow\n'));
          await finish();
          assert.equal(document.getText(), shaped(`above\n${second}\nbelow\n`));
        });

        it('is stopped by undo, which takes all of it back', async () => {
          const { document, socket, finish } = await half();
          await run('undo');
          assert.equal(await socket, 'closed-by-client');
          await finish();
          assert.equal(document.getText(), shaped('above\n\nbelow\n'));
          await run('redo');
          assert.equal(document.getText(), shaped(`above\n${first}\nbelow\n`));
        });

        it('is taken back by one undo after a save that edits, too', async () => {
          const { document, next, asked } = await inPieces(shaped('above \n|\nbelow'));
          await next('First');
          await saveTrimmed(document);
          await next('Second');
          await run('undo');
          await documentChange(document, (text) => text === shaped('above \n\nbelow'));
          await asked;
          assert.equal(document.getText(), shaped('above \n\nbelow'));
        });

        it('is taken back by one undo after its end, where it was saved before', async () => {
          const { document, finish } = await half();
          await document.save();
          await finish();
          assert.equal(document.getText(), whole);
          await run('undo');
          await documentChange(document, (text) => text === shaped('above\n\nbelow\n'));
        });

        it('goes on when an edit elsewhere is undone', async () => {
          const { document, finish } = await half();
          const edit = new vscode.WorkspaceEdit();
          edit.insert(document.uri, new vscode.Position(0, 0), 'far ');
          await vscode.workspace.applyEdit(edit);
          await run('undo');
          await documentChange(document, (text) => text.startsWith('above'));
          await finish();
          assert.equal(document.getText(), whole);
        });

        it('leaves what the user has written in between', async () => {
          const { document, next, asked } = await inPieces(shaped('above\n|\nbelow\n'));
          await next('First');
          await document.save();
          const edit = new vscode.WorkspaceEdit();
          edit.insert(document.uri, new vscode.Position(0, 0), 'far ');
          await vscode.workspace.applyEdit(edit);
          await document.save();
          await next('Second');
          await run('undo');
          await asked;
          await sleep(300);
          assert.equal(document.getText(), shaped('far above\nFirst line.\n\nbelow\n'));
        });

        it('may be split, and closed on one side', async () => {
          const { document, finish } = await half();
          await run('workbench.action.splitEditor');
          await run('workbench.action.focusFirstEditorGroup');
          await run('workbench.action.closeActiveEditor');
          await finish();
          assert.equal(document.getText(), whole);
        });

        it('may become another language', async () => {
          const { document, finish } = await half();
          await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
          await finish();
          assert.equal(document.getText(), whole);
        });

        it('may be hidden by another tab', async () => {
          const { document, finish } = await half();
          await openText('another');
          await finish();
          assert.equal(document.getText(), whole);
        });

        it('may be closed: the reply is stopped, and the file is as it was saved', async () => {
          const { document } = await openAt(shaped('above\n|\n'), 'md');
          const arrived = simulator.nextMessage();
          const asked = askAtCursor(say('word '.repeat(10_000), { paceMs: 10, deltaLength: 5 }));
          const { ended } = await arrived;
          await documentChange(document, (text) => text.includes('word'));
          await run('workbench.action.revertAndCloseActiveEditor');
          assert.equal(await ended, 'closed-by-client');
          await asked;
          const saved = await readFile(document.uri.fsPath, 'utf8');
          assert.equal(saved, shaped('above\n\n'));
          assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 0);
        });
      });
    }

    for (const [name, marked, after] of shapes) {
      it(`keeps code indented through a save, edits, another language and tab (${name})`, async () => {
        const { document } = await openAt(marked);
        const gate = new Gate();
        const asked = askAtCursor(say(code, { gate, holdAfter: code.indexOf('$') }));
        await documentChange(document, (text) => text.includes('if (a)'));
        await document.save();
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), 'far ');
        await vscode.workspace.applyEdit(edit);
        await vscode.languages.setTextDocumentLanguage(document, 'javascript');
        await openText('another');
        gate.open();
        await asked;
        assert.equal(document.getText(), `far ${after}`);
      });
    }

    it('may be saved for the first time: the reply goes on in the file', async () => {
      const uri = vscode.Uri.file(join(folder, 'new.md')).with({ scheme: 'untitled' });
      const untitled = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(untitled, vscode.ViewColumn.One);
      const gate = new Gate();
      const asked = askAtCursor(say(first + second, { gate, holdAfter: first.length }));
      await documentChange(untitled, (text) => text.includes('First line.'));
      await vscode.workspace.save(uri);
      gate.open();
      await asked;
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.uri.scheme, 'file');
      await documentChange(document, (text) => text === first + second);
      await run('undo');
      await documentChange(document, (text) => text === '');
    });

    it('may be all of that in 50,000 lines with CRLF and tabs', async () => {
      const lines = Array.from({ length: 50_000 }, (_, index) => `\tline ${index} of many\r\n`);
      const { document, finish } = await halfway(`|\r\n${lines.join('')}`);
      await document.save();
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, 'last');
      await vscode.workspace.applyEdit(edit);
      await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
      await run('workbench.action.splitEditor');
      await run('workbench.action.closeActiveEditor');
      await openText('another');
      await finish();
      const written = (first + second).replaceAll('\n', '\r\n');
      assert.equal(document.getText(), `${written}\r\n${lines.join('')}last`);
    });
  });

  it('takes typing elsewhere in a document of 50,000 lines', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `line ${index} of many`);
    const editor = await openAt(`|\n${lines.join('\n')}\n`, 'txt');
    const { document } = editor;
    const reply = 'Some words of the reply.\n'.repeat(40);
    const asked = askAtCursor(say(reply, { paceMs: 5, deltaLength: 6 }));
    const end = (): vscode.Position => document.lineAt(document.lineCount - 1).range.end;
    let typed = '';
    await documentChange(document, (text) => text.startsWith('Some words'));
    while (typed.length < 20) {
      if (await editor.edit((edit) => edit.insert(end(), 'k'))) typed += 'k';
      else await new Promise((resolve) => setImmediate(resolve));
    }
    await asked;
    assert.equal(document.getText(), `${reply}\n${lines.join('\n')}\n${typed}`);
  });
});
