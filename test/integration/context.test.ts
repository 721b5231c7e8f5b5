import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ReplyEvent } from '../../src/core/claude/reply-event.ts';
import type { Turn } from '../../src/core/conversation/conversation.ts';
import { Reply } from '../../src/core/conversation/reply.ts';
import type { Attachment } from '../../src/core/prompt/attachment.ts';
import { toUserText } from '../../src/core/prompt/build-request.ts';
import { noContext, type Question } from '../../src/core/prompt/question.ts';
import { askAboutProblem } from '../../src/host/ask/ask-about-problem.ts';
import { Preflight } from '../../src/host/ask/preflight.ts';
import { RequestPreview } from '../../src/host/ask/preview-request.ts';
import { findUsedDefinitions } from '../../src/host/panel/attach-definitions.ts';
import { attachFile } from '../../src/host/panel/attach-file.ts';
import { diffToCommit, isRepository, type Repository } from '../../src/host/scm/git.ts';
import { CommitMessages } from '../../src/host/scm/write-commit-message.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { startSimulator } from '../fakes/messages-api/simulator.ts';
import { defaultSettings } from '../fakes/settings.ts';
import { Notifications } from './notifications.ts';
import { closeAllEditors, extension, openFile, useSimulator } from './workspace.ts';

describe('context', () => {
  let folder = '';
  let files = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'context-'));
    await extension().activate();
  });
  afterEach(closeAllEditors);
  after(() => rm(folder, { recursive: true }));

  const open = (text: string, name = 'a.txt'): Promise<vscode.TextEditor> =>
    openFile(join(folder, `${++files}-${name}`), text);

  describe('of a problem', () => {
    const problems = vscode.languages.createDiagnosticCollection('test');
    afterEach(() => problems.clear());
    after(() => problems.dispose());

    async function openWithProblem(): Promise<vscode.TextEditor> {
      const editor = await open('one\ntwo = x\nthree\n');
      const problem = new vscode.Diagnostic(
        new vscode.Range(1, 6, 1, 7),
        'Cannot find x.',
        vscode.DiagnosticSeverity.Error,
      );
      problem.source = 'lint';
      problem.code = { value: 42, target: vscode.Uri.parse('https://lint.example/42') };
      const elsewhere = new vscode.Location(editor.document.uri, new vscode.Position(2, 0));
      problem.relatedInformation = [
        new vscode.DiagnosticRelatedInformation(elsewhere, 'Like this.'),
      ];
      problems.set(editor.document.uri, [problem]);
      return editor;
    }

    it('is its line with what surrounds it, and what is said of it', async () => {
      const { document } = await openWithProblem();
      const sent: Question[] = [];
      const asker = { submit: async (question: Question) => void sent.push(question) };
      await askAboutProblem(asker, 'fix', document.uri, new vscode.Range(1, 6, 1, 6));
      await askAboutProblem(asker, 'explain', undefined, undefined);
      const [fix] = sent;
      assert.ok(fix !== undefined);
      // The cursor stands in the first line, where nothing is wrong.
      assert.equal(sent.length, 1);
      assert.equal(fix.prompt.kind === 'built-in' && fix.prompt.name, 'Fix');
      const text = toUserText(fix.prompt, fix.attachments);
      assert.match(text, /<selection [^>]*lines="2">\ntwo = x\n<\/selection>/);
      assert.match(
        text,
        /<problems of="the problem in line 2">\n2:7 error lint\(42\): Cannot find x\.\n {2}\S+:3: Like this\.\n/,
      );
    });

    it('is offered by the lightbulb', async () => {
      const { document } = await openWithProblem();
      const titles = await actionsAt(document.uri, new vscode.Range(1, 6, 1, 7));
      for (const title of [
        'Explain this problem with Claude',
        'Fix with Claude',
        'Explain with Claude',
      ]) {
        assert.ok(titles.includes(title), title);
      }
      assert.deepEqual(await actionsAt(document.uri, new vscode.Range(0, 0, 0, 0)), []);
    });

    it('is never sent on save, whatever kinds the settings name', async () => {
      await using simulator = await startSimulator(say('Never.'));
      await useSimulator(simulator);
      const kinds = { quickfix: 'explicit', 'quickfix.claude': 'explicit', explain: 'explicit' };
      const configuration = vscode.workspace.getConfiguration('editor');
      await configuration.update('codeActionsOnSave', kinds, vscode.ConfigurationTarget.Global);
      const { promise: ran, resolve } = Promise.withResolvers<void>();
      // Shows that VS Code does run such actions: what it would have run of ours came before.
      const own = vscode.Disposable.from(
        vscode.commands.registerCommand('test.ranOnSave', () => resolve()),
        vscode.languages.registerCodeActionsProvider('*', {
          provideCodeActions: (_document, _range, { only }) => {
            const action = new vscode.CodeAction(
              'Own',
              vscode.CodeActionKind.Empty.append('explain'),
            );
            action.command = { command: 'test.ranOnSave', title: 'Own' };
            return only === undefined ? [] : [action];
          },
        }),
      );
      try {
        const editor = await openWithProblem();
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'x'));
        editor.selection = new vscode.Selection(1, 0, 1, 5);
        await vscode.commands.executeCommand('workbench.action.files.save');
        await ran;
        assert.deepEqual(simulator.messages, []);
      } finally {
        own.dispose();
        await configuration.update(
          'codeActionsOnSave',
          undefined,
          vscode.ConfigurationTarget.Global,
        );
      }
    });
  });

  describe('of a whole file', () => {
    const attached: Attachment[] = [];
    const panel = {
      attach: async (attachments: readonly Attachment[]) => void attached.push(...attachments),
    };
    beforeEach(() => attached.splice(0));

    it('is all of it, by its name, from a menu or from the editor', async () => {
      const { document } = await open('one\ntwo');
      await attachFile(panel, document.uri);
      await attachFile(panel, undefined);
      assert.equal(attached.length, 2);
      const [file] = attached;
      assert.match(
        toUserText({ kind: 'explain' }, file === undefined ? [] : [file]),
        /^<file file="[^"]+" language="plaintext" lines="1-2">\none\ntwo\n<\/file>/,
      );
    });

    it('is a picture by what is in it', async () => {
      const uri = vscode.Uri.file(join(folder, 'picture.dat'));
      const bytes = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
      await vscode.workspace.fs.writeFile(uri, bytes);
      await attachFile(panel, uri);
      const [image] = attached;
      assert.ok(image?.kind === 'image');
      assert.deepEqual([image.mediaType, image.data], ['image/png', bytes.toString('base64')]);
    });

    it('is nothing of an empty file, a binary one or a folder', async () => {
      const { document } = await open('');
      await attachFile(panel, document.uri);
      await attachFile(panel, vscode.Uri.file(folder));
      const binary = vscode.Uri.file(join(folder, 'binary'));
      await vscode.workspace.fs.writeFile(binary, new Uint8Array([0, 1, 2, 0, 255]));
      await attachFile(panel, binary);
      assert.deepEqual(attached, []);
    });
  });

  describe('of a selection', () => {
    it('has the definitions that the language server knows in the workspace, whole', async () => {
      const [root] = vscode.workspace.workspaceFolders ?? [];
      const { uri } = root ?? assert.fail('no folder is open');
      // A language that no other extension knows: a slow server is not waited for.
      const document = await vscode.workspace.openTextDocument({
        language: 'rust',
        content: 'fn retry() {\n  sleep(wait);\n}\n',
      });
      const asked: string[] = [];
      const provider = vscode.languages.registerDefinitionProvider('rust', {
        provideDefinition: (within, position) => {
          const name = within.getText(within.getWordRangeAtPosition(position));
          asked.push(name);
          const target = vscode.Uri.joinPath(uri, 'sleep.ts');
          const lines = new vscode.Range(0, 0, 2, 0);
          if (name === 'sleep') return [{ targetUri: target, targetRange: lines }];
          // Out of the workspace.
          return new vscode.Location(vscode.Uri.file(join(folder, 'lib.d.ts')), lines);
        },
      });
      try {
        const found = await findUsedDefinitions(document, document.lineAt(1).range);
        const labels = found.map(({ label }) => label);
        assert.ok(labels.includes('sleep in sleep.ts:1–3'), `${labels} of ${asked}`);
        assert.ok(!labels.some((label) => label.includes('lib.d.ts')));
      } finally {
        provider.dispose();
      }
    });
  });

  describe('of a repository', () => {
    const repository = (staged: string, unstaged: string, draft = ''): Repository => ({
      rootUri: vscode.Uri.file(folder),
      inputBox: { value: draft },
      diff: async (cached) => (cached ? staged : unstaged),
    });

    it('is what is staged, or else what isn’t', async () => {
      const labels = [
        await diffToCommit(repository('+a', '+b')),
        await diffToCommit(repository('', '+b')),
        await diffToCommit(repository('', '')),
      ].map((diff) => diff?.label);
      assert.deepEqual(labels, ['staged changes', 'unstaged changes', undefined]);
    });

    it('is used only where Git’s extension gives what we know of it', () => {
      const right = repository('', '');
      class Inherited {
        readonly rootUri = right.rootUri;
        get inputBox(): { value: string } {
          return right.inputBox;
        }
        diff(): Promise<string> {
          return Promise.resolve('');
        }
      }
      assert.equal(isRepository(right), true);
      assert.equal(isRepository(new Inherited()), true);
      for (const wrong of [
        null,
        1,
        {},
        { ...right, diff: 'no' },
        { ...right, inputBox: {} },
        { ...right, rootUri: '/' },
      ]) {
        assert.equal(isRepository(wrong), false);
      }
    });

    /** Begins messages; each event is told by the test. */
    function useMessages() {
      let start: (tell: (event: ReplyEvent) => void) => void = () => {};
      const asked: Question[] = [];
      const stopped: string[] = [];
      const messages = new CommitMessages({
        replies: {
          submit: async (question, { conversation, open }) => {
            asked.push(question);
            await open?.();
            assert.ok(conversation !== null);
            const turn: Turn = { after: null, ...question, reply: new Reply('r1', 'm', 0) };
            conversation.add(turn);
            start((event) => void conversation.apply(turn, event));
            return turn;
          },
        },
        running: { stop: async (id) => void stopped.push(id) },
      });
      const begin = async (of: Repository) => {
        const { promise: started, resolve } = Promise.withResolvers<(event: ReplyEvent) => void>();
        start = resolve;
        const written = messages.stream(of);
        return { tell: await started, written, asked, stopped };
      };
      return begin;
    }
    const begin = (of: Repository) => useMessages()(of);
    const ended = (kind: 'complete' | 'stopped'): ReplyEvent => ({
      type: 'outcome',
      outcome: { kind },
    });

    it('gets its message as it streams', async () => {
      const of = repository('+a', '');
      const { tell, written, asked } = await begin(of);
      tell({ type: 'text', text: '\nAdd ' });
      assert.equal(of.inputBox.value, 'Add ');
      tell({ type: 'text', text: 'a\n' });
      tell(ended('complete'));
      await written;
      assert.equal(of.inputBox.value, 'Add a');
      assert.deepEqual(
        asked[0]?.attachments.map(({ text }) => text),
        ['+a'],
      );
    });

    it('keeps what was typed before where no message came', async () => {
      const of = repository('+a', '', 'fix: ');
      const { tell, written, asked } = await begin(of);
      tell(ended('stopped'));
      await written;
      assert.equal(of.inputBox.value, 'fix: ');
      assert.match(asked[0]?.prompt.kind === 'built-in' ? asked[0].prompt.text : '', /\n\nfix: $/);
    });

    it('keeps what is typed meanwhile, and stops', async () => {
      const of = repository('+a', '');
      const { tell, written, stopped } = await begin(of);
      tell({ type: 'text', text: 'Add' });
      of.inputBox.value = 'My own';
      tell({ type: 'text', text: ' more' });
      tell(ended('stopped'));
      await written;
      assert.equal(of.inputBox.value, 'My own');
      assert.deepEqual(stopped, ['r1']);
    });

    const textOf = (question: Question | undefined): string =>
      question?.prompt.kind === 'built-in' ? question.prompt.text : '';

    it('gets another message from scratch, unless the user has edited the first', async () => {
      const of = repository('+a', '');
      const beginNext = useMessages();
      for (const message of ['First message', 'Second message']) {
        const { tell, written, asked } = await beginNext(of);
        assert.doesNotMatch(textOf(asked.at(-1)), /keep to its wording/);
        tell({ type: 'text', text: message });
        tell(ended('complete'));
        await written;
        assert.equal(of.inputBox.value, message);
      }
      of.inputBox.value = 'Second message, edited';
      const { tell, written, asked } = await beginNext(of);
      tell(ended('stopped'));
      await written;
      assert.match(textOf(asked.at(-1)), /\n\nSecond message, edited$/);
    });

    describe('in VS Code’s own input box, which echoes what is written', () => {
      let notifications: Notifications;
      let control: vscode.SourceControl;
      beforeEach(() => {
        notifications = new Notifications();
        control = vscode.scm.createSourceControl('test', 'Test', vscode.Uri.file(folder));
      });
      afterEach(() => {
        control.dispose();
        notifications.dispose();
      });
      const message = `feat(api): ${'add one more thing and then another, '.repeat(12)}done`;

      it('is written whole, however fast it comes', async () => {
        const of = { ...repository('+a', ''), inputBox: control.inputBox };
        const { tell, written, stopped } = await begin(of);
        for (let at = 0; at < message.length; at += 4) {
          tell({ type: 'text', text: message.slice(at, at + 4) });
          await sleep(at < 200 ? 20 : 1);
        }
        tell(ended('complete'));
        await written;
        assert.deepEqual(stopped, []);
        assert.equal(of.inputBox.value, message);
        // The last echo has come, too.
        await sleep(300);
        assert.equal(of.inputBox.value, message);
        assert.ok(notifications.isEmpty);
      });

      for (const [name, edit] of [
        ['types', (value: string) => `${value} my words`],
        ['goes back to what was there before', (value: string) => value.slice(0, -4)],
      ] as const) {
        it(`stops where the user ${name}, and says so`, async () => {
          const of = { ...repository('+a', ''), inputBox: control.inputBox };
          const { tell, written, stopped } = await begin(of);
          let mine = '';
          for (let at = 0; stopped.length === 0; at += 4) {
            assert.ok(at < message.length, 'nothing has stopped it');
            tell({ type: 'text', text: message.slice(at, at + 4) });
            await sleep(110);
            if (at === 40) {
              mine = edit(of.inputBox.value);
              of.inputBox.value = mine;
            }
          }
          tell(ended('stopped'));
          await written;
          assert.match((await notifications.next()).message, /because you edited it/);
          assert.equal(of.inputBox.value, mine);
        });
      }
    });
  });

  describe('that would be sent', () => {
    it('is shown whole, with its tokens and what is likely secret, and can’t be changed', async () => {
      const token = ['ghp', 'k3Vt9QzR7mWb2XcN8dLs4HfJ6gPw5TvK2bRq'].join('_');
      const settings = defaultSettings;
      let asked = 0;
      const count = {
        tokens: 1234,
        exact: true,
        cost: 0.0025,
        costExact: true,
        contextTokens: null,
      };
      const counter = {
        cachedOrEstimated: () => ({ ...count, exact: false }),
        count: async () => {
          asked++;
          return count;
        },
      };
      const noQuestions = (): never => assert.fail('A draft asks the user nothing.');
      const preflight = new Preflight({
        connections: { getCapabilities: () => null },
        keyPrompt: { ensureKey: noQuestions, open: noQuestions },
        settings: { read: () => settings },
        spending: { budget: { confirmRequests: noQuestions, confirmInput: noQuestions } },
      });
      const preview = new RequestPreview({
        settings: { read: () => settings },
        spending: { counter },
        asker: {
          draft: (question) => preflight.draft(question, noContext),
        },
      });
      try {
        await preview.show({ prompt: { kind: 'free', text: 'Why so?' }, attachments: [] });
        const shown = vscode.window.activeTextEditor?.document;
        assert.match(
          shown?.getText() ?? '',
          /- Input: 1,234 tokens · \$0\.0025, as the API counts\n/,
        );
        assert.match(shown?.getText() ?? '', /## The question\n\nWhy so\?\n/);
        assert.equal(
          vscode.workspace.fs.isWritableFileSystem(shown?.uri.scheme ?? 'file'),
          undefined,
        );
        assert.equal(asked, 1);
        const { promise: changed, resolve } = Promise.withResolvers<string>();
        const subscription = vscode.workspace.onDidChangeTextDocument(({ document }) =>
          resolve(document.getText()),
        );
        await preview.show({ prompt: { kind: 'free', text: `Why ${token}?` }, attachments: [] });
        assert.match(await changed, /- Likely a secret: GitHub token, in the question\n/);
        subscription.dispose();
        // What the user has yet to agree to isn't sent to be counted.
        assert.equal(asked, 1);
      } finally {
        preview.dispose();
      }
    });
  });
});

/** The titles of the lightbulb's entries that are ours. */
async function actionsAt(uri: vscode.Uri, range: vscode.Range): Promise<readonly string[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
  );
  return actions
    .filter(({ command }) => command?.command.startsWith('claudeStream.'))
    .map(({ title }) => title);
}
