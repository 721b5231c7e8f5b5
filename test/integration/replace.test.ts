import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/command-ids.ts';
import { fail, Gate, type Script, say, sayThen } from '../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../fakes/messages-api/simulator.ts';
import { Notifications } from './notifications.ts';
import { closeAllEditors, openFile, openText, showDocument, useSimulator } from './workspace.ts';

const scheme = 'claude-replacement';
const run = (command: string, ...args: readonly unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(command, ...args);
const fenced = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;

describe('replacing a selection', () => {
  let simulator: Simulator;
  let folder: string;
  let notifications: Notifications;
  before(async () => {
    simulator = await startSimulator(say('An answer.'));
    await useSimulator(simulator);
    folder = await mkdtemp(join(tmpdir(), 'claude-stream-replace-'));
  });
  beforeEach(() => {
    notifications = new Notifications();
  });
  afterEach(async () => {
    notifications.dispose();
    await vscode.workspace.saveAll(false);
    await closeAllEditors();
  });
  after(async () => {
    await simulator[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  let files = 0;
  const open = (text: string, name = `file${files++}.ts`): Promise<vscode.TextEditor> =>
    openFile(join(folder, name), text);

  /** Selects these lines, from 0, the last included, without its line end. */
  function selectLines(editor: vscode.TextEditor, from: number, to = from): void {
    const end = editor.document.lineAt(to).range.end;
    editor.selection = new vscode.Selection(new vscode.Position(from, 0), end);
  }

  /** What the open diffs show on their right. */
  function proposals(): readonly vscode.TextDocument[] {
    const open = diffTabs().flatMap(({ input }) =>
      input instanceof vscode.TabInputTextDiff ? [input.modified.toString()] : [],
    );
    return vscode.workspace.textDocuments.filter(({ uri }) => open.includes(uri.toString()));
  }

  function diffTabs(): readonly vscode.Tab[] {
    return vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputTextDiff);
  }

  /** The proposal, as soon as it is so. */
  async function proposal(ready: (text: string) => boolean): Promise<void> {
    await until(() => proposals().some((document) => ready(document.getText())));
  }

  /** Asks for other code; resolves when the reply has ended. */
  function ask(script: Script, prompt = 'Make it so'): Thenable<unknown> {
    simulator.answer(script);
    return run(commandIds.replaceSelection, { prompt });
  }

  async function undo(editor: vscode.TextEditor): Promise<void> {
    await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
    await run('undo');
  }

  const before4 = 'class A {\n    one() {\n        return 1;\n    }\n}\n';
  const shapes: readonly [name: string, text: string, expected: string][] = [
    ['LF and spaces', before4, 'class A {\n    two() {\n        return 2;\n    }\n}\n'],
    [
      'CRLF and spaces',
      before4.replaceAll('\n', '\r\n'),
      'class A {\r\n    two() {\r\n        return 2;\r\n    }\r\n}\r\n',
    ],
    [
      'LF and tabs',
      before4.replaceAll('    ', '\t'),
      'class A {\n\ttwo() {\n\t\treturn 2;\n\t}\n}\n',
    ],
    [
      'CRLF and tabs',
      before4.replaceAll('    ', '\t').replaceAll('\n', '\r\n'),
      'class A {\r\n\ttwo() {\r\n\t\treturn 2;\r\n\t}\r\n}\r\n',
    ],
  ];
  for (const [name, text, expected] of shapes) {
    it(`keeps ${name}, and is one step to undo`, async () => {
      const editor = await open(text);
      selectLines(editor, 1, 3);
      await ask(say(fenced('two() {\n    return 2;\n}')));
      await proposal((shown) => shown === expected);
      assert.equal(editor.document.getText(), text, 'the file is as it was');
      await run(commandIds.acceptReplacement);
      assert.equal(editor.document.getText(), expected);
      assert.equal(diffTabs().length, 0);
      assert.equal(vscode.window.activeTextEditor?.document, editor.document);
      await undo(editor);
      assert.equal(editor.document.getText(), text);
      assert.ok(notifications.isEmpty);
    });
  }

  it('asks for code alone, with the selection by whole lines', async () => {
    const editor = await open('if (a) {\n    b();\n    c();\n}\n');
    editor.selection = new vscode.Selection(1, 4, 3, 0);
    const asked = simulator.nextMessage();
    await ask(say(fenced('d();')), 'Only d');
    const { body } = await asked;
    assert.match(String(body?.system), /exactly one fenced code block/);
    const question = String(body?.messages.at(-1)?.content);
    assert.match(
      question,
      /lines="2-3">\n {4}b\(\);\n {4}c\(\);\n<\/selection>\n\nOnly d\n\nThe block takes/,
    );
    await run(commandIds.acceptReplacement);
    assert.equal(editor.document.getText(), 'if (a) {\n    d();\n}\n');
  });

  it('replaces a part of a line', async () => {
    const editor = await open('  const a = old(1) + 2;\n');
    editor.selection = new vscode.Selection(0, 12, 0, 18);
    await ask(say(fenced('fresh({\n  b: "$1",\n})')));
    await run(commandIds.acceptReplacement);
    assert.equal(editor.document.getText(), '  const a = fresh({\n    b: "$1",\n  }) + 2;\n');
  });

  it('streams into the diff line by line, above what it hasn’t reached', async () => {
    const editor = await open('a\nb\nc\nd\ne\n');
    selectLines(editor, 1, 3);
    const gate = new Gate();
    const reply = '```\nB1\nB2\nB3\nB4\n```';
    const asked = ask(say(reply, { gate, holdAfter: reply.indexOf('B3') + 1, deltaLength: 1 }));
    await proposal((text) => text === 'a\nB1\nB2\nd\ne\n');
    await run(commandIds.acceptReplacement);
    assert.match((await notifications.next()).message, /isn’t complete/);
    assert.equal(editor.document.getText(), 'a\nb\nc\nd\ne\n');
    gate.open();
    await asked;
    await proposal((text) => text === 'a\nB1\nB2\nB3\nB4\ne\n');
  });

  const twoShapes: readonly [name: string, shaped: (text: string) => string][] = [
    ['LF and spaces', (text) => text.replaceAll('\t', '    ')],
    ['CRLF and tabs', (text) => text.replaceAll('\n', '\r\n')],
  ];
  for (const [name, shaped] of twoShapes) {
    it(`follows its code through edits elsewhere, whichever editor is active (${name})`, async () => {
      const editor = await open(shaped('\ta\n\tb\n\tc\n'));
      const other = await open('another\n');
      selectLines(await showDocument(editor.document), 1);
      const gate = new Gate();
      const asked = ask(say(fenced('B'), { gate }));
      await proposal(() => true);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(editor.document.uri, new vscode.Position(0, 0), 'zero\n');
      edit.insert(editor.document.uri, editor.document.lineAt(2).range.end, ' more');
      await vscode.workspace.applyEdit(edit);
      await vscode.window.showTextDocument(other.document, vscode.ViewColumn.Two);
      gate.open();
      await asked;
      const expected = shaped('zero\n\ta\n\tB\n\tc more\n');
      await proposal((text) => text === expected);
      await run(commandIds.acceptReplacement);
      assert.equal(editor.document.getText(), expected);
      assert.equal(other.document.getText(), 'another\n');
    });

    it(`goes on while its file is reverted, saved, split and of another language (${name})`, async () => {
      const { document } = await open(shaped('\ta\n\tb\n\tc\n'));
      selectLines(await showDocument(document), 1);
      const gate = new Gate();
      const asked = ask(say(fenced('B'), { gate }));
      await proposal(() => true);
      await showDocument(document);
      const insert = async (text: string): Promise<void> => {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), text);
        await vscode.workspace.applyEdit(edit);
      };
      await insert('nothing\n');
      await run('workbench.action.files.revert');
      await insert('zero\n');
      await document.save();
      await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
      await run('workbench.action.splitEditor');
      await run('workbench.action.closeActiveEditor');
      gate.open();
      await asked;
      const expected = shaped('zero\n\ta\n\tB\n\tc\n');
      await proposal((text) => text === expected);
      await run(commandIds.acceptReplacement);
      assert.equal(document.getText(), expected);
    });

    describe(`hunk by hunk (${name})`, () => {
      const text = shaped('\ta\n\tb\n\tc\n\td\n\te\n\tf\n');
      const proposed = shaped('\tA\n\tb\n\tc\n\tD\n\te\n');

      async function propose(): Promise<vscode.TextEditor> {
        const editor = await open(text);
        selectLines(editor, 0, 5);
        await ask(say(fenced('A\nb\nc\nD\ne')));
        await proposal((shown) => shown === proposed);
        return editor;
      }

      /** Puts the cursor into a line of the proposal, from 0. */
      function goTo(line: number): void {
        const editor = vscode.window.visibleTextEditors.find(
          ({ document }) => document.uri.scheme === scheme,
        );
        assert.ok(editor);
        editor.selection = new vscode.Selection(line, 0, line, 0);
      }

      it('accepts the one at the cursor, then the next, until none is left', async () => {
        const { document } = await propose();
        goTo(3);
        await run(commandIds.acceptHunk);
        assert.equal(document.getText(), shaped('\ta\n\tb\n\tc\n\tD\n\te\n\tf\n'));
        await run(commandIds.acceptHunk);
        assert.equal(document.getText(), shaped('\ta\n\tb\n\tc\n\tD\n\te\n'));
        assert.equal(diffTabs().length, 1);
        await run(commandIds.acceptHunk);
        assert.equal(document.getText(), proposed);
        assert.equal(diffTabs().length, 0);
      });

      it('offers one again that was undone, and takes the rest at once', async () => {
        const editor = await propose();
        goTo(0);
        await run(commandIds.acceptHunk);
        assert.equal(editor.document.getText(), text.replace('a', 'A'));
        await undo(editor);
        assert.equal(editor.document.getText(), text);
        await run(commandIds.acceptReplacement);
        assert.equal(editor.document.getText(), proposed);
        await undo(editor);
        assert.equal(editor.document.getText(), text);
      });

      it('keeps what was accepted when the rest is rejected', async () => {
        const { document } = await propose();
        goTo(0);
        await run(commandIds.acceptHunk);
        await run(commandIds.rejectReplacement);
        assert.equal(diffTabs().length, 0);
        assert.equal(document.getText(), text.replace('a', 'A'));
      });

      it('changes nothing where all is rejected', async () => {
        const { document } = await propose();
        await run(commandIds.rejectReplacement);
        assert.equal(diffTabs().length, 0);
        assert.equal(document.getText(), text);
        assert.ok(!document.isDirty);
      });
    });
  }

  it('stops when its diff is closed, and changes nothing', async () => {
    const { document } = await open('a\n');
    await run('editor.action.selectAll');
    const arrived = simulator.nextMessage();
    const asked = ask(say('word\n'.repeat(10_000), { paceMs: 10, deltaLength: 5 }));
    const { ended } = await arrived;
    await proposal((text) => text.includes('word'));
    await run(commandIds.rejectReplacement);
    assert.equal(await ended, 'closed-by-client');
    await asked;
    assert.equal(document.getText(), 'a\n');
    assert.ok(notifications.isEmpty, 'nothing to be told');
  });

  describe('overwrites nothing', () => {
    async function propose(text = 'a\nb\nc\n'): Promise<vscode.TextEditor> {
      const editor = await open(text);
      selectLines(editor, 1);
      await ask(say(fenced('B')));
      return editor;
    }

    it('where the code was edited, and offers to copy, open or ask again', async () => {
      const { document } = await propose();
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(1, 0), 'my ');
      edit.insert(document.uri, new vscode.Position(1, 1), '!');
      edit.delete(document.uri, new vscode.Range(1, 0, 1, 1));
      await vscode.workspace.applyEdit(edit);
      await run(commandIds.acceptReplacement);
      const shown = await notifications.next();
      assert.match(shown.message, /has changed where the code stands\. Nothing was replaced\./);
      assert.deepEqual(shown.buttons, ['Copy Code', 'Open as New File', 'Ask Again']);
      assert.equal(document.getText(), 'a\nmy !\nc\n');
      await run(commandIds.rejectReplacement);
    });

    it('where it was edited, unless that is undone', async () => {
      const editor = await propose();
      await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(editor.document.uri, new vscode.Range(1, 0, 1, 1), 'mine');
      await vscode.workspace.applyEdit(edit);
      await run(commandIds.acceptReplacement);
      await notifications.next();
      await undo(editor);
      await run(commandIds.acceptReplacement);
      assert.equal(editor.document.getText(), 'a\nB\nc\n');
    });

    it('where the file was deleted', async () => {
      const { document } = await propose();
      await rm(document.uri.fsPath);
      await run(commandIds.acceptReplacement);
      assert.match((await notifications.next()).message, /isn’t there any more/);
      assert.equal(document.getText(), 'a\nb\nc\n');
      await run(commandIds.rejectReplacement);
    });

    it('where the document was closed', async () => {
      const editor = await openText('a\nb\n');
      const { document } = editor;
      selectLines(editor, 1);
      await ask(say(fenced('B')));
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      await run('workbench.action.revertAndCloseActiveEditor');
      await run(commandIds.acceptReplacement);
      const shown = await notifications.next();
      assert.match(shown.message, /was closed/);
      shown.press('Open as New File');
      await documentShown('B\n');
    });

    it('where the editor is read-only by now', async () => {
      const editor = await propose();
      await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
      await run('workbench.action.files.setActiveEditorReadonlyInSession');
      try {
        await run(commandIds.acceptReplacement);
        assert.match((await notifications.next()).message, /is read-only/);
        assert.equal(editor.document.getText(), 'a\nb\nc\n');
      } finally {
        await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
        await run('workbench.action.files.resetActiveEditorReadonlyInSession');
      }
    });

    it('hunk by hunk either, where the editor is read-only by now', async () => {
      const editor = await open('a\nb\nc\n');
      const { document } = editor;
      await run('editor.action.selectAll');
      await ask(say(fenced('A\nb\nC')));
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      await run('workbench.action.files.setActiveEditorReadonlyInSession');
      try {
        await run(commandIds.acceptHunk);
        const shown = await notifications.next();
        assert.match(shown.message, /is read-only\. Nothing was replaced\./);
        assert.deepEqual(shown.buttons.slice(0, 2), ['Copy Code', 'Open as New File']);
        assert.equal(document.getText(), 'a\nb\nc\n');
        assert.ok(
          vscode.window.activeTextEditor?.document.uri.scheme === scheme,
          'the diff is back',
        );
      } finally {
        await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
        await run('workbench.action.files.resetActiveEditorReadonlyInSession');
      }
      // The cursor is at the end of the file.
      await run(commandIds.acceptHunk);
      assert.equal(document.getText(), 'a\nb\nC\n');
      await run(commandIds.rejectReplacement);
    });

    it('that can’t be written, and doesn’t ask in vain', async () => {
      const provider = vscode.workspace.registerTextDocumentContentProvider('fixed', {
        provideTextDocumentContent: () => 'a\nb\n',
      });
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('fixed:/a.ts'));
      selectLines(await vscode.window.showTextDocument(document), 0);
      const { length } = simulator.messages;
      await run(commandIds.replaceSelection, { prompt: 'Anything' });
      assert.match((await notifications.next()).message, /read-only/);
      assert.equal(simulator.messages.length, length);
      provider.dispose();
    });
  });

  it('needs a selection', async () => {
    await open('a\n\n\nb\n');
    await run(commandIds.replaceSelection, { prompt: 'Anything' });
    assert.match((await notifications.next()).message, /Select the code/);
  });

  it('takes one selection, says so, and asks nothing', async () => {
    const editor = await open('a\nb\nc\n');
    const { length } = simulator.messages;
    editor.selections = [0, 2].map((line) => new vscode.Selection(line, 0, line, 1));
    await run(commandIds.replaceSelection, { prompt: 'Anything' });
    assert.match((await notifications.next()).message, /^2 ranges are selected/);
    assert.equal(simulator.messages.length, length);
    assert.deepEqual(diffTabs(), []);
  });

  const endings: readonly [name: string, script: Script, told: RegExp, buttons: string[]][] = [
    [
      'breaks',
      sayThen('```\nB1\nB2\nB', 'overloaded'),
      /overloaded.*Nothing was replaced/,
      ['Continue', 'Ask Again', 'Copy Code'],
    ],
    [
      'is cut',
      say('```\nB1\nB2\nB', { stopReason: 'max_tokens' }),
      /Cut short.*Nothing was replaced/,
      ['Continue', 'Ask Again', 'Copy Code'],
    ],
    [
      'is refused',
      say('', { stopReason: 'refusal' }),
      /declined.*Nothing was replaced/,
      ['Choose Model', 'Ask Again'],
    ],
    [
      'fails at once',
      fail(413, 'request_too_large', 'Request exceeds the maximum size'),
      /larger.*Nothing was replaced/,
      ['Ask Again'],
    ],
    ['holds nothing', say(''), /no code/, ['Ask Again']],
  ];
  for (const [name, script, told, buttons] of endings) {
    it(`can’t be accepted where the reply ${name}, and says so`, async () => {
      const { document } = await open('a\nb\nc\n');
      await run('editor.action.selectAll');
      await ask(script);
      const shown = await notifications.next();
      assert.match(shown.message, told);
      assert.deepEqual(shown.buttons, buttons);
      await run(commandIds.acceptReplacement);
      assert.match((await notifications.next()).message, /isn’t complete/);
      assert.equal(document.getText(), 'a\nb\nc\n');
      await run(commandIds.rejectReplacement);
    });
  }

  it('is no replacement where the reply is an answer in words', async () => {
    const { document } = await open('a\nb\n');
    await run('editor.action.selectAll');
    const words = 'I can’t tell from this alone.\nWhich module does it come from?\n';
    await ask(
      say(`${words}It may be the retry helper.\n\nPlease attach that file, too.\nThen ask again.`),
    );
    const shown = await notifications.next();
    assert.match(shown.message, /no code/);
    assert.deepEqual(shown.buttons, ['Copy the Reply', 'Open the Reply', 'Ask Again']);
    await run(commandIds.acceptReplacement);
    assert.match((await notifications.next()).message, /isn’t complete/);
    assert.equal(document.getText(), 'a\nb\n');
    await run(commandIds.rejectReplacement);
  });

  it('takes the first block behind many words, and says that there are more', async () => {
    const { document } = await open('a\n');
    await run('editor.action.selectAll');
    await ask(say(`${'Some words come first.\n'.repeat(6)}\n${fenced('b')}\nor\n${fenced('c')}`));
    assert.match((await notifications.next()).message, /several code blocks/);
    await run(commandIds.acceptReplacement);
    assert.equal(document.getText(), 'b\n');
  });

  it('takes a document whole with its blocks, and says what stands behind it', async () => {
    const { document } = await open('a\n', `file${files++}.md`);
    await run('editor.action.selectAll');
    const block = '```\nnpm i\n```';
    await ask(say(`\`\`\`markdown\n# A\n\n${block}\n\nB\n\`\`\`\n\nMind the version.`));
    const shown = await notifications.next();
    assert.match(shown.message, /Not in the diff.*: Mind the version\.$/);
    assert.deepEqual(shown.buttons, ['Copy the Reply', 'Open the Reply']);
    assert.equal(document.getText(), 'a\n');
    await run(commandIds.acceptReplacement);
    assert.equal(document.getText(), `# A\n\n${block}\n\nB\n`);
  });

  it('says what stands behind a block of code', async () => {
    const { document } = await open('a\n');
    await run('editor.action.selectAll');
    await ask(say(`${fenced('b')}\nThis changes c, too.`));
    assert.match((await notifications.next()).message, /: This changes c, too\.$/);
    await run(commandIds.acceptReplacement);
    assert.equal(document.getText(), 'b\n');
  });

  it('takes just one selection', async () => {
    const editor = await open('a\nb\n');
    editor.selections = [new vscode.Selection(0, 0, 0, 1), new vscode.Selection(1, 0, 1, 1)];
    const sent = simulator.messages.length;
    await run(commandIds.replaceSelection, { prompt: 'Anything' });
    assert.match((await notifications.next()).message, /^2 ranges are selected/);
    assert.equal(simulator.messages.length, sent);
  });

  it('stops by Stop, and goes on from there to its end', async () => {
    const { document } = await open('a\n');
    await run('editor.action.selectAll');
    const gate = new Gate();
    const asked = ask(say('```\nB1\nB2\n', { gate, holdAfter: 8, deltaLength: 1 }));
    await proposal((text) => text.startsWith('B1'));
    await run(commandIds.stop);
    await asked;
    const shown = await notifications.next();
    assert.match(shown.message, /Stopped by you\. Nothing was replaced\./);
    simulator.answer(say('2\nB3\n```'));
    shown.press('Continue');
    await proposal((text) => text.includes('B3'));
    // What VS Code shows is told before the rest is known to be whole.
    while (diffTabs().length > 0) {
      await run(commandIds.acceptReplacement);
      if (diffTabs().length > 0) await notifications.next();
    }
    assert.equal(document.getText(), 'B1\nB2\nB3\n');
  });

  it('goes on by Continue where its notification is gone', async () => {
    const { document } = await open('a\nb\n');
    await run('editor.action.selectAll');
    await ask(sayThen('```\nB1\nB', 'close'));
    await notifications.next();
    simulator.answer(say('2\n```'));
    await run(commandIds.continueReply);
    await proposal((text) => text === 'B1\nB2\n');
    while (diffTabs().length > 0) {
      await run(commandIds.acceptReplacement);
      if (diffTabs().length > 0) await notifications.next();
    }
    assert.equal(document.getText(), 'B1\nB2\n');
  });

  it('asks again where it can’t be put in its place', async () => {
    const { document } = await open('a\nb\nc\n');
    await run('editor.action.selectAll');
    await ask(sayThen('```\nB', 'close'));
    const shown = await notifications.next();
    simulator.answer(say(fenced('whole')));
    const asked = simulator.nextMessage();
    shown.press('Ask Again');
    assert.match(String((await asked).body?.messages.at(-1)?.content), /Make it so\n\n/);
    await until(() => proposals().some((one) => one.getText() === 'whole\n'));
    assert.equal(document.getText(), 'a\nb\nc\n');
  });

  it('says that nothing is to change, and closes the diff', async () => {
    await open('a\nb\n');
    await run('editor.action.selectAll');
    await ask(say(fenced('a\nb')));
    assert.match((await notifications.next()).message, /leave the selection as it is/);
    assert.equal(diffTabs().length, 0);
  });

  for (const [name, shaped] of twoShapes) {
    it(`works in a file of 50,000 lines that is edited meanwhile (${name})`, async () => {
      const lines = Array.from({ length: 50_000 }, (_, index) => `\tline ${index} of many`);
      const text = shaped(`${lines.join('\n')}\n`);
      const editor = await open(text, `many${files++}.txt`);
      selectLines(editor, 25_000, 25_019);
      const gate = new Gate();
      const asked = ask(
        say(fenced('here instead\n'.repeat(30).trimEnd()), { gate, holdAfter: 20 }),
      );
      await proposal((shown) => shown.includes('here instead'));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(editor.document.uri, new vscode.Position(0, 0), 'zero\n');
      await vscode.workspace.applyEdit(edit);
      gate.open();
      await asked;
      await run(commandIds.acceptReplacement);
      assert.equal(editor.document.lineCount, 50_012);
      assert.equal(editor.document.lineAt(25_030).text, shaped('\there instead'));
      assert.equal(editor.document.lineAt(25_031).text, shaped('\tline 25020 of many'));
      await undo(editor);
      assert.equal(editor.document.getText(), shaped('zero\n') + text);
    });
  }

  it('never saves the file', async () => {
    const editor = await open('a\n');
    await run('editor.action.selectAll');
    await ask(say(fenced('b')));
    await run(commandIds.acceptReplacement);
    assert.equal(await readFile(editor.document.uri.fsPath, 'utf8'), 'a\n');
    assert.ok(editor.document.isDirty);
  });

  async function documentShown(text: string): Promise<void> {
    await until(() => vscode.window.activeTextEditor?.document.getText() === text);
  }

  /** Waits for what an event of the editor brings about. */
  async function until(isReady: () => boolean): Promise<void> {
    while (!isReady()) {
      await new Promise<void>((resolve) => {
        const subscription = vscode.Disposable.from(
          vscode.workspace.onDidOpenTextDocument(done),
          vscode.workspace.onDidChangeTextDocument(done),
          vscode.window.onDidChangeActiveTextEditor(done),
          vscode.window.tabGroups.onDidChangeTabs(done),
        );
        function done(): void {
          subscription.dispose();
          resolve();
        }
      });
    }
  }
});
