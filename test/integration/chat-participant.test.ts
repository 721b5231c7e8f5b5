import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { getAnswerPrompt } from '../../src/core/prompt/built-in-prompts.ts';
import { promptText } from '../../src/core/prompt/prompt.ts';
import { Preflight } from '../../src/host/ask/preflight.ts';
import { ReplyService } from '../../src/host/ask/reply-service.ts';
import { RunningReplies } from '../../src/host/ask/running-replies.ts';
import { ChatParticipant, type ParticipantResponse } from '../../src/host/chat/chat-participant.ts';
import { commandIds } from '../../src/host/command-ids.ts';
import { ApiKeyStore } from '../../src/host/connection/api-key.ts';
import { Connections } from '../../src/host/connection/connections.ts';
import { KeyPrompt } from '../../src/host/connection/key-prompt.ts';
import { SettingsReader } from '../../src/host/settings-reader.ts';
import { createUsageServices } from '../../src/host/usage/usage-services.ts';
import { MemoryStorage } from '../fakes/memory-storage.ts';
import { fail, Gate, type Script, say } from '../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../fakes/messages-api/simulator.ts';
import { closeAllEditors, openText, useSimulator } from './workspace.ts';

/*
 * The participant's answers with all of the extension behind them. VS Code's chat itself, which this
 * build has without its default participant, is not in it.
 */

class Response {
  readonly shown: string[] = [];
  readonly used: string[] = [];
  readonly buttons: string[] = [];
  text = '';
  readonly #onText: (text: string) => void;

  constructor(onText: (text: string) => void = () => {}) {
    this.#onText = onText;
  }

  readonly stream: ParticipantResponse = {
    markdown: (words) => {
      this.text += words;
      this.#onText(this.text);
    },
    progress: (words) => this.shown.push(words),
    reference: (uri) => this.used.push(uri.path),
    button: ({ command }) => this.buttons.push(command),
  };
}

type Asked = Partial<Parameters<ChatParticipant['answer']>[0]>;

describe('@claude', () => {
  let simulator: Simulator;
  let log: vscode.LogOutputChannel;
  let participant: ChatParticipant;
  let replies: ReplyService;
  let sums: number;
  before(async () => {
    simulator = await startSimulator(say(''));
    await useSimulator(simulator);
    log = vscode.window.createOutputChannel('Test of @claude', { log: true });
    const settings = new SettingsReader();
    const keys = new ApiKeyStore(noSecrets, process.env['ANTHROPIC_API_KEY'] ?? '');
    const connections = new Connections({
      keys,
      settings,
      memory: noMemory,
      secrets: noSecrets,
      log,
    });
    const running = new RunningReplies();
    const keyPrompt = new KeyPrompt({ keys, settings, secrets: noSecrets, connections });
    const spending = createUsageServices({
      storage: new MemoryStorage(),
      connections,
      settings,
      memory: noMemory,
      log,
    });
    const preflight = new Preflight({ connections, keyPrompt, settings, spending });
    replies = new ReplyService({ preflight, keyPrompt, settings, running, log });
    participant = new ChatParticipant({ firstUse, settings, replies, running });
    sums = 0;
    replies.onDidChange(({ event }) => {
      if (event.type === 'outcome') sums++;
    });
  });
  afterEach(closeAllEditors);
  after(async () => {
    replies.dispose();
    log.dispose();
    await simulator[Symbol.asyncDispose]();
  });

  const notes: string[] = [];
  const firstUse = { takePrivacyNote: (): string => notes.pop() ?? '' };
  const noHistory: vscode.ChatContext = { history: [] };

  function answer(
    script: Script,
    asked: Asked,
    response = new Response(),
    context = noHistory,
    token = new vscode.CancellationTokenSource().token,
  ): Promise<vscode.ChatResult> {
    simulator.answer(script);
    const request = { prompt: '', command: undefined, references: [], ...asked };
    return participant.answer(request, context, response.stream, token);
  }

  const sent = (): readonly { readonly role: string; readonly content: unknown }[] =>
    simulator.messages.at(-1)?.body?.messages ?? [];

  it('streams a reply, and tells what it took', async () => {
    const response = new Response();
    const result = await answer(say('Because.', { outputTokens: 7 }), { prompt: 'Why?' }, response);
    assert.match(
      response.text,
      /^Because\.\n\n---\n\n\*claude-sonnet-5-5 · \d+ tokens in, 7 out · \$/,
    );
    assert.equal(result.errorDetails, undefined);
    assert.deepEqual(sent(), [{ role: 'user', content: 'Why?' }]);
  });

  it('says once what leaves the machine, below the reply', async () => {
    notes.push('It goes to the API.');
    const responses = [new Response(), new Response()];
    for (const response of responses) await answer(say('Because.'), { prompt: 'Why?' }, response);
    const [first, second] = responses.map(({ text }) => text);
    assert.match(first ?? '', /^Because\.\n\n> It goes to the API\.\n/);
    assert.doesNotMatch(second ?? '', /It goes/);
  });

  it('counts in the ledger and the status bar as any other reply', async () => {
    const before = sums;
    await answer(say('Because.'), { prompt: 'Why?' });
    assert.equal(sums, before + 1);
  });

  it('says so where nothing is asked, and asks nothing', async () => {
    const asked = simulator.messages.length;
    const response = new Response();
    await answer(say('No.'), { prompt: '  ' }, response);
    assert.match(response.text, /\/explain/);
    assert.equal(simulator.messages.length, asked);
  });

  for (const command of ['explain', 'fix', 'review', 'test', 'document'] as const) {
    it(`knows /${command}, with the selection`, async () => {
      const editor = await openText('let a = 1;\n', 'javascript');
      editor.selection = new vscode.Selection(0, 0, 0, 10);
      await answer(say('Ok.'), { command });
      const question = String(sent().at(-1)?.content);
      assert.match(question, /<selection [^>]*language="javascript" lines="1">\nlet a = 1;\n/);
      assert.ok(question.includes(promptText(getAnswerPrompt(command, vscode.l10n))));
    });
  }

  it('takes files and places in files along, and shows them as used', async () => {
    const { document } = await openText('one\ntwo\nthree');
    const references = [
      { id: 'place', value: new vscode.Location(document.uri, new vscode.Range(1, 0, 2, 0)) },
      { id: 'file', value: document.uri },
    ];
    const response = new Response();
    await answer(say('Ok.'), { prompt: 'What is this?', references }, response);
    const question = String(sent().at(-1)?.content);
    assert.match(question, /lines="1-3">\none\ntwo\nthree\n<[\s\S]*lines="2">\ntwo\n/);
    assert.equal(response.used.length, 2);
  });

  it('says what it could not read', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder !== undefined);
    const response = new Response();
    const references = [{ id: 'folder', value: folder.uri }];
    await answer(say('Ok.'), { prompt: 'What is this?', references }, response);
    assert.match(response.shown.join(), /isn’t text and wasn’t sent/);
  });

  it('remembers what was asked before, with what went along', async () => {
    const editor = await openText('let a = 1;\n', 'javascript');
    editor.selection = new vscode.Selection(0, 0, 0, 10);
    const first = await answer(say('It declares a.'), { command: 'explain' });
    const context = historyOf('', 'explain', 'It declares a.', first);
    await closeAllEditors();
    await answer(say('Yes.'), { prompt: 'Sure?' }, new Response(), context);
    const [question, reply, followUp] = sent();
    assert.match(String(question?.content), /let a = 1;/);
    assert.equal(reply?.content, 'It declares a.');
    assert.equal(followUp?.content, 'Sure?');
  });

  it('has the words of a chat from before the window was reloaded', async () => {
    const result = { metadata: { replyId: 'gone', length: 'Because.'.length } };
    const context = historyOf('Why?', undefined, 'Because.\n\n---\n\n*its receipt*', result);
    await answer(say('Yes.'), { prompt: 'Sure?' }, new Response(), context);
    assert.deepEqual(
      sent().map(({ content }) => content),
      ['Why?', 'Because.', 'Sure?'],
    );
  });

  it('closes the socket when it is cancelled', async () => {
    const source = new vscode.CancellationTokenSource();
    const received = simulator.nextMessage();
    const response = new Response(() => source.cancel());
    const script = say('First. Second.', { gate: new Gate(), holdAfter: 12 });
    const result = await answer(script, { prompt: 'Why?' }, response, noHistory, source.token);
    const { ended } = await received;
    assert.equal(await ended, 'closed-by-client');
    assert.match(response.text, /^First\. Seco/);
    assert.equal(result.errorDetails, undefined);
    assert.deepEqual(
      participant.followups(result).map(({ label }) => label),
      ['Continue'],
    );
  });

  const failures: readonly [
    name: string,
    script: Script,
    words: RegExp,
    command: string | undefined,
  ][] = [
    [
      'a rejected key',
      fail(401, 'authentication_error', 'no'),
      /did not accept the key/,
      commandIds.setApiKey,
    ],
    [
      'a model that isn’t there',
      fail(404, 'not_found_error', 'model: no'),
      /not available/,
      commandIds.chooseModel,
    ],
    // VS Code has a button of its own that asks again.
    ['a reply that is cut', say('So', { stopReason: 'max_tokens' }), /token limit/, undefined],
    ['a refusal', say('No', { stopReason: 'refusal' }), /declined/, commandIds.chooseModel],
  ];
  for (const [name, script, words, command] of failures) {
    it(`says ${name}, with what helps`, async () => {
      const response = new Response();
      const { errorDetails } = await answer(script, { prompt: 'Why?' }, response);
      assert.match(errorDetails?.message ?? '', words);
      assert.deepEqual(response.buttons, command === undefined ? [] : [command]);
    });
  }

  it('asks the model that is chosen in the chat, and says why where it is not ours', async () => {
    const models = [
      ['claude-stream', 'claude-opus-5-5', 'claude-opus-5-5', null],
      [
        'somebody-else',
        'their-model',
        'claude-sonnet-5-5',
        '*Their \\*Model\\*, chosen in this chat, isn’t a Claude Stream model, so claude-sonnet-5-5 from your settings answered.*',
      ],
    ] as const;
    for (const [vendor, id, asked, note] of models) {
      const response = new Response();
      const model = { vendor, id, name: 'Their *Model*' };
      await answer(say('Ok.'), { prompt: 'Why?', model }, response);
      assert.equal(simulator.messages.at(-1)?.body?.model, asked);
      assert.equal(/\*Their .*$/m.exec(response.text)?.[0] ?? null, note);
    }
  });
});

/** VS Code makes these itself; their constructors are private. */
function historyOf(
  prompt: string,
  command: string | undefined,
  shown: string,
  result: vscode.ChatResult,
): vscode.ChatContext {
  const made = <T extends object>(prototype: T, fields: object): T =>
    Object.assign(Object.create(prototype), fields);
  return {
    history: [
      made(vscode.ChatRequestTurn.prototype, { prompt, command, references: [] }),
      made(vscode.ChatResponseTurn.prototype, {
        response: [new vscode.ChatResponseMarkdownPart(shown)],
        result,
      }),
    ],
  };
}

/** The key comes from the environment. */
const noSecrets: vscode.SecretStorage = {
  get: async () => undefined,
  store: async () => {},
  delete: async () => {},
  keys: async () => [],
  onDidChange: () => new vscode.Disposable(() => {}),
};

const noMemory: vscode.Memento = {
  keys: () => [],
  get: <T>(_key: string, fallback?: T) => fallback as T,
  update: async () => {},
};
