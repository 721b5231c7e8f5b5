import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { type App, composeApp } from '../../src/app.ts';
import { noUsage } from '../../src/core/claude/usage.ts';
import { isToWebview, type TurnView } from '../../src/core/protocol/to-webview.ts';
import { commandIds } from '../../src/host/command-ids.ts';
import { WorkspaceStorage } from '../../src/host/storage/workspace-storage.ts';
import { UsageLedger } from '../../src/host/usage/usage-ledger.ts';
import { fail, type Script, say } from '../fakes/messages-api/scripts.ts';
import {
  type ReceivedRequest,
  type Simulator,
  startSimulator,
} from '../fakes/messages-api/simulator.ts';
import { MemorySecrets } from '../fakes/secret-storage.ts';
import type { FakeWebviewPanel } from '../fakes/webview-panel.ts';
import { Person } from './person.ts';
import { closeAllEditors, extension, openFile, useSimulator } from './workspace.ts';

/*
 * Everything that sends, one row each, with a likely secret in its text and a spent budget. Each
 * runs in an extension of its own, put together as `activate` does it, in which nothing was agreed
 * to yet.
 */

type CommandName = keyof typeof commandIds;

interface Row {
  readonly name: string;
  /** Undefined where no command leads there. */
  readonly command?: CommandName;
  /** What the user is asked first; null where nothing is sent without asking. */
  readonly asks: 'secret' | 'budget' | null;
  /** Happens before the budget is spent, and with the user's consent to everything. */
  readonly before?: (window: Window) => Promise<unknown>;
  /** @param text holds the secret */
  readonly run: (window: Window, text: string) => unknown;
}

const secret = ['ghp', 'k3Vt9QzR7mWb2XcN8dLs4HfJ6gPw5TvK2bRq'].join('_');
const secretText = `const token = '${secret}';`;
const plainText = "const token = 'none';";
/** Longer than nothing must be typed before the API is asked to count. */
const typingPauseMs = 600;
const failing = fail(500, 'api_error', 'Oops');
/** A row that was never decided fails by what it was asked, in milliseconds. */
const longestWaitMs = 20_000;
const cutReply = say('Half a reply', { stopReason: 'max_tokens' });

/** These commands send nothing of the user's. */
const sendsNothing: readonly CommandName[] = [
  'newPrompt',
  'editPrompt',
  'attachDefinitions',
  'attachFile',
  'attachSelection',
  'askAboutReply',
  'acceptReplacement',
  'acceptHunk',
  'rejectReplacement',
  // Only follows what was sent.
  'showBatches',
  'stop',
  'newConversation',
  'newPanel',
  'history',
  'openConversation',
  'openInAnotherPanel',
  'exportConversation',
  'renameConversation',
  'deleteConversation',
  'deleteAllConversations',
  'chooseModel',
  'chooseEffort',
  'setApiKey',
  'clearApiKey',
  'setHeaderSecret',
  // Its requests hold nothing but our own words; it asks about their cost itself.
  'checkConnection',
  'showUsage',
  'showLog',
];

const askFirst = async (window: Window): Promise<void> => {
  await window.ask(`Why ${secret}?`, cutReply);
};
/** A reply in a document that can be continued. */
const askInDocumentFirst = async (window: Window): Promise<void> => {
  window.simulator.answer(cutReply);
  await window.run('askInDocument', { prompt: `Why ${secret}?` });
  const [document] = vscode.workspace.textDocuments.filter(({ isUntitled }) => isUntitled);
  assert.ok(document !== undefined);
  await vscode.window.showTextDocument(document);
};

const rows: readonly Row[] = [
  ...(['explainSelection', 'explainWithClaude'] as const).map(
    (command): Row => ({
      name: command,
      command,
      asks: 'secret',
      run: async (window, text) => {
        await window.select(text);
        await window.run(command);
      },
    }),
  ),
  {
    name: 'Ask…, with its question given',
    command: 'ask',
    asks: 'secret',
    run: (window, text) => window.run('ask', { prompt: text }),
  },
  {
    name: 'Ask…, with its question typed',
    command: 'ask',
    asks: 'secret',
    run: (window, text) => {
      window.person.types = text;
      window.person.looksMs = typingPauseMs;
      return window.run('ask');
    },
  },
  {
    name: 'Ask into a Document',
    command: 'askInDocument',
    asks: 'secret',
    run: (window, text) => window.run('askInDocument', { prompt: text }),
  },
  {
    name: 'Ask at Cursor',
    command: 'askAtCursor',
    asks: 'secret',
    run: async (window, text) => {
      await window.select(text);
      await window.run('askAtCursor', { prompt: 'Go on.' });
    },
  },
  {
    name: 'Run Prompt',
    command: 'runPrompt',
    asks: 'secret',
    run: async (window, text) => {
      await window.select(text);
      await window.run('runPrompt', { prompt: 'review' });
    },
  },
  ...(['explainProblem', 'fixProblem'] as const).map(
    (command): Row => ({
      name: command,
      command,
      asks: 'secret',
      run: async (window, text) => {
        const { document } = await window.select(text);
        const range = new vscode.Range(0, 0, 0, 5);
        window.problems.set(document.uri, [new vscode.Diagnostic(range, 'This is wrong.')]);
        await window.run(command, document.uri, range);
      },
    }),
  ),
  ...(['reviewChanges', 'writeCommitMessage'] as const).map(
    (command): Row => ({
      name: command,
      command,
      asks: 'secret',
      run: async (window, text) => {
        window.openRepository(text);
        await window.run(command);
      },
    }),
  ),
  {
    name: 'Replace Selection',
    command: 'replaceSelection',
    asks: 'secret',
    run: async (window, text) => {
      await window.select(text);
      await window.run('replaceSelection', { prompt: 'Make it so.' });
    },
  },
  {
    name: 'Compare Models',
    command: 'compareModels',
    asks: 'secret',
    run: (window, text) => {
      window.person.types = text;
      window.person.looksMs = typingPauseMs;
      return window.run('compareModels');
    },
  },
  ...['Batch', 'Now'].map(
    (mode): Row => ({
      name: `Run Prompt on Files: ${mode}`,
      command: 'runPromptOnFiles',
      asks: 'secret',
      run: async (window, text) => {
        window.person.chooses = mode;
        const { document } = await window.select(text);
        await window.run('runPromptOnFiles', document.uri, [document.uri]);
      },
    }),
  ),
  ...(['ask', 'compareModels'] as const).map(
    (command): Row => ({
      name: `the count while typing: ${command}`,
      command,
      asks: null,
      run: (window, text) => {
        window.person.types = text;
        window.person.looksMs = typingPauseMs;
        window.person.givesUp = true;
        return window.run(command);
      },
    }),
  ),
  {
    name: 'Preview Request',
    command: 'previewRequest',
    asks: null,
    run: (window, text) =>
      window.run('previewRequest', { prompt: { kind: 'free', text }, attachments: [] }),
  },
  {
    name: 'Continue Reply, in the panel',
    command: 'continueReply',
    asks: 'budget',
    before: askFirst,
    run: (window) => window.run('continueReply'),
  },
  {
    name: 'Continue Reply, in a document',
    command: 'continueReply',
    asks: 'budget',
    before: askInDocumentFirst,
    run: (window) => window.run('continueReply'),
  },
  {
    name: 'Retry Last Question',
    command: 'retryReply',
    asks: 'budget',
    before: askFirst,
    run: (window) => window.run('retryReply'),
  },
  {
    name: 'Retry after a failure in a document',
    asks: 'budget',
    before: (window) => {
      window.simulator.answer(failing);
      return window.run('askInDocument', { prompt: `Why ${secret}?` });
    },
    run: ({ person }) => person.press('Retry'),
  },
  {
    name: 'Retry after a failed commit message',
    asks: 'budget',
    before: async (window) => {
      window.openRepository(secretText);
      window.simulator.answer(failing);
      void window.run('writeCommitMessage');
      await window.person.hasShown('Retry');
    },
    run: ({ person }) => person.press('Retry'),
  },
  ...['Continue', 'Ask Again'].map(
    (button): Row => ({
      name: `${button} after an unfinished replacement`,
      asks: 'budget',
      before: async (window) => {
        window.simulator.answer(cutReply);
        await window.select(secretText);
        await window.run('replaceSelection', { prompt: 'Make it so.' });
      },
      run: ({ person }) => person.press(button),
    }),
  ),
  {
    name: 'the composer',
    asks: 'secret',
    before: (window) => window.ask('Why?'),
    run: (window, text) => window.page.webview.receive({ type: 'ask', askId: '1', text }),
  },
  {
    name: 'the composer’s count',
    asks: null,
    before: (window) => window.ask('Why?'),
    run: async (window, text) => {
      window.page.webview.receive({ type: 'draft', text });
      await sleep(typingPauseMs);
    },
  },
  {
    name: 'an edited question',
    asks: 'secret',
    before: (window) => window.ask('Why?'),
    run: (window, text) =>
      window.page.webview.receive({ type: 'edit', askId: '1', replyId: window.replyId, text }),
  },
  ...(['retry', 'retry-with', 'continue'] as const).map(
    (action): Row => ({
      name: `the panel’s ${action}`,
      asks: 'budget',
      before: askFirst,
      run: (window) =>
        window.page.webview.receive({ type: 'act', action, replyId: window.replyId }),
    }),
  ),
  {
    name: 'Explain on a block of code in a reply',
    asks: 'secret',
    before: (window) => window.ask('Why?'),
    run: ({ page, replyId }, text) =>
      page.webview.receive({ type: 'code', action: 'explain', replyId, language: '', text }),
  },
  {
    name: '@claude',
    asks: 'secret',
    run: (window, text) => {
      const request = { prompt: text, command: undefined, references: [] };
      const response = {
        markdown: () => {},
        progress: () => {},
        reference: () => {},
        button: () => {},
      };
      return window.app.chatParticipant.answer(request, { history: [] }, response, never);
    },
  },
  {
    name: 'another extension’s request',
    asks: 'budget',
    run: (window, text) =>
      window.app
        .languageModels()
        .respond(
          anyModel,
          [vscode.LanguageModelChatMessage.User(text) as unknown as Message],
          { toolMode: vscode.LanguageModelChatToolMode.Auto },
          { report: () => {} },
          never,
        )
        .catch(() => {}),
  },
];

type Message = vscode.LanguageModelChatRequestMessage;
const { token: never } = new vscode.CancellationTokenSource();
const anyModel: vscode.LanguageModelChatInformation = {
  id: 'claude-sonnet-5-5',
  name: 'Sonnet',
  family: 'claude',
  version: '5.5',
  maxInputTokens: 1000,
  maxOutputTokens: 1000,
  capabilities: {},
};

/** The extension in a window of its own. */
class Window {
  readonly simulator: Simulator;
  readonly folder: string;
  readonly person = new Person();
  readonly app: App;
  readonly problems = vscode.languages.createDiagnosticCollection('checks');
  #replyId: string | undefined;
  #files = 0;

  constructor(simulator: Simulator, folder: string) {
    this.simulator = simulator;
    this.folder = folder;
    const context = {
      secrets: new MemorySecrets(),
      extensionUri: extension().extensionUri,
      globalStorageUri: vscode.Uri.file(folder),
      globalState: memory(),
      workspaceState: memory(),
      extension: { packageJSON: { version: '0.0.0' } },
    };
    this.app = composeApp(context as unknown as vscode.ExtensionContext, 'node', {
      history: new vscode.EventEmitter(),
      models: new vscode.EventEmitter(),
    });
  }

  /** What has left the machine but for questions about the models and the key. */
  get sent(): readonly ReceivedRequest[] {
    return this.simulator.requests.filter(({ method }) => method === 'POST');
  }

  get page(): FakeWebviewPanel {
    const page = this.person.panels.at(-1);
    assert.ok(page !== undefined);
    return page;
  }

  /** The last reply's that was asked for in the panel. */
  get replyId(): string {
    assert.ok(this.#replyId !== undefined);
    return this.#replyId;
  }

  async run(command: CommandName, ...given: readonly unknown[]): Promise<void> {
    await this.app.commands.run(commandIds[command], given);
  }

  /** Asks in the panel; resolves when the reply has ended. */
  async ask(prompt: string, script: Script = say('An answer.')): Promise<void> {
    this.simulator.answer(script);
    await this.run('ask', { prompt });
    let last: TurnView | undefined;
    while (last === undefined || last.end === null) {
      await sleep(10);
      const { webview } = this.page;
      webview.receive({ type: 'ready' });
      const state = webview.states.at(-1);
      if (isToWebview(state) && state.type === 'state') last = state.turns.at(-1);
    }
    this.#replyId = last.replyId;
  }

  async select(text: string): Promise<vscode.TextEditor> {
    const editor = await openFile(join(this.folder, `file${this.#files++}.ts`), text);
    editor.selection = new vscode.Selection(0, 0, 0, text.length);
    return editor;
  }

  /** A Git repository in which this has changed. */
  openRepository(text: string): void {
    const repository = {
      rootUri: vscode.Uri.file(this.folder),
      inputBox: { value: '' },
      diff: async (cached: boolean) => (cached ? `+${text}` : ''),
    };
    this.person.install('vscode.git', { getAPI: () => ({ repositories: [repository] }) });
  }

  /** More than the day's budget, in another window. */
  async spend(): Promise<void> {
    const storage = new WorkspaceStorage(vscode.Uri.file(join(this.folder, 'usage')));
    const ledger = new UsageLedger({ storage, onProblem: (error) => assert.fail(String(error)) });
    await ledger.record('earlier', {
      model: 'claude-sonnet-5-5',
      usage: noUsage,
      outputSource: 'reported',
      cost: 10,
      timeToFirstTokenMs: null,
      writingMs: 0,
      stopReason: null,
      requestId: null,
    });
  }

  async close(): Promise<void> {
    this.problems.dispose();
    await this.app.close();
    this.app.dispose();
    this.person.dispose();
  }
}

function memory(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, fallback?: T) => (kept.has(key) ? kept.get(key) : fallback) as T,
    update: async (key, value) => void kept.set(key, value),
  };
}

describe('nothing leaves the machine unchecked:', () => {
  let simulator: Simulator;
  let folder: string;
  let window: Window;
  before(async () => {
    await set('dailyBudget', 1);
    await set('chatModels', 'allow');
    await set('maxRetries', 0);
  });
  after(async () => {
    await set('dailyBudget', undefined);
    await set('chatModels', undefined);
    await set('maxRetries', undefined);
  });
  beforeEach(async () => {
    simulator = await startSimulator(say('An answer.'));
    await useSimulator(simulator);
    folder = await mkdtemp(join(tmpdir(), 'claude-checks-'));
    window = new Window(simulator, folder);
  });
  afterEach(async () => {
    await window.close();
    await closeAllEditors();
    await simulator[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function set(name: string, value: unknown): Promise<void> {
    await vscode.workspace
      .getConfiguration('claudeStream')
      .update(name, value, vscode.ConfigurationTarget.Global);
  }

  /** How much was sent once the row has run, and `isDecided` says that it has got so far. */
  async function sentBy(
    row: Row,
    text: string,
    agreesTo: readonly ('secret' | 'budget')[],
    isDecided: (sent: number) => boolean,
  ): Promise<number> {
    await row.before?.(window);
    await window.spend();
    simulator.answer(say('An answer.'));
    const { person } = window;
    person.agreesTo = new Set(agreesTo);
    person.asked.length = 0;
    const before = window.sent.length;
    const sent = (): number => window.sent.length - before;
    const running = Promise.resolve(row.run(window, text));
    const end = Date.now() + longestWaitMs;
    while (!isDecided(sent()) && sent() === 0 && Date.now() < end) await sleep(10);
    // Nobody waits long for the end of a reply.
    await Promise.race([running, sleep(1000)]);
    await sleep(50);
    return sent();
  }

  for (const row of rows) {
    const { asks } = row;
    describe(row.name, () => {
      if (asks === null) {
        it('isn’t counted with a secret in it', async () => {
          const isOver = sleep(typingPauseMs).then(() => true);
          let isDecided = false;
          void isOver.then(() => {
            isDecided = true;
          });
          assert.equal(await sentBy(row, secretText, [], () => isDecided), 0);
          assert.deepEqual(window.person.asked, []);
        });

        it('is counted without one', async () => {
          assert.ok((await sentBy(row, plainText, [], (sent) => sent > 0)) > 0);
        });
        return;
      }
      const wasAsked = (question: string) => (): boolean =>
        window.person.asked.some((each) => each === question);

      if (asks === 'secret') {
        it('sends nothing while the secret isn’t let through', async () => {
          assert.equal(await sentBy(row, secretText, [], wasAsked('secret')), 0);
          assert.deepEqual(window.person.asked, ['secret']);
        });
      }

      it('sends nothing beyond the budget', async () => {
        assert.equal(await sentBy(row, secretText, ['secret'], wasAsked('budget')), 0);
        const once = asks === 'secret' ? ['secret', 'budget'] : ['budget'];
        assert.deepEqual(window.person.asked, once);
      });

      it('sends what the user lets through, and asks about each thing once', async () => {
        const everything = ['secret', 'budget'] as const;
        assert.ok((await sentBy(row, secretText, everything, (sent) => sent > 0)) > 0);
        const once = asks === 'secret' ? ['secret', 'budget'] : ['budget'];
        assert.deepEqual(window.person.asked, once);
      });
    });
  }

  it('another extension’s text isn’t counted without permission', async () => {
    const count = (): Promise<number> =>
      window.app.languageModels().count(anyModel, secretText, never);
    await set('chatModels', 'ask');
    assert.ok((await count()) > 0);
    assert.equal(window.sent.length, 0);
    await set('chatModels', 'allow');
    await count();
    assert.ok(window.sent.length > 0);
  });

  it('has a row for every command that sends', () => {
    const named = [...rows.flatMap(({ command = [] }) => command), ...sendsNothing];
    assert.deepEqual([...new Set(named)].toSorted(), Object.keys(commandIds).toSorted());
  });
});
