import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { modelVendor } from '../../src/host/command-ids.ts';
import { callTools, fail, Gate, type Script, say, sayThen } from '../fakes/messages-api/scripts.ts';
import {
  type ReceivedRequest,
  type Simulator,
  startSimulator,
} from '../fakes/messages-api/simulator.ts';
import { useSimulator } from './workspace.ts';

const { User, Assistant } = vscode.LanguageModelChatMessage;
/** A picture that VS Code can read: it looks into each. */
const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** VS Code has one that its API's types don't have yet. */
const thinkingPartName = (): string | undefined =>
  Reflect.get(vscode, 'LanguageModelThinkingPart')?.name;
const family = 'claude-sonnet-5-5';

describe('Claude’s models in VS Code', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator(say('Hello there.'));
    await useSimulator(simulator);
    await allow('allow');
  });
  after(async () => {
    await allow(undefined);
    await simulator[Symbol.asyncDispose]();
  });

  async function allow(value: 'ask' | 'allow' | 'off' | undefined): Promise<void> {
    await vscode.workspace
      .getConfiguration('claudeStream')
      .update('chatModels', value, vscode.ConfigurationTarget.Global);
  }

  async function sonnet(): Promise<vscode.LanguageModelChat> {
    const [model] = await vscode.lm.selectChatModels({ vendor: modelVendor, family });
    assert.ok(model !== undefined);
    return model;
  }

  interface Answer {
    readonly text: string;
    readonly calls: readonly vscode.LanguageModelToolCallPart[];
    readonly usage: unknown;
  }

  async function ask(
    script: Script,
    messages: vscode.LanguageModelChatMessage[],
    options: vscode.LanguageModelChatRequestOptions = {},
  ): Promise<Answer> {
    simulator.answer(script);
    const model = await sonnet();
    const response = await model.sendRequest(messages, options);
    let text = '';
    const calls: vscode.LanguageModelToolCallPart[] = [];
    let usage: unknown;
    for await (const part of response.stream) {
      if (part instanceof vscode.LanguageModelTextPart) text += part.value;
      else if (part instanceof vscode.LanguageModelToolCallPart) calls.push(part);
      else if (part instanceof vscode.LanguageModelDataPart && part.mimeType === 'usage') {
        usage = JSON.parse(new TextDecoder().decode(part.data));
      }
    }
    return { text, calls, usage };
  }

  const lastBody = (): ReceivedRequest['body'] => simulator.messages.at(-1)?.body ?? null;

  it('are the live ones, with the limits that the API tells', async () => {
    const models = await vscode.lm.selectChatModels({ vendor: modelVendor });
    assert.deepEqual(
      models.map(({ id, maxInputTokens }) => [id, maxInputTokens]),
      [
        ['claude-haiku-5-5', 872_000],
        ['claude-sonnet-5-5', 872_000],
        ['claude-opus-5-5', 872_000],
        ['claude-sonnet-4-5', 136_000],
      ],
    );
  });

  it('are asked for once, not each time', async () => {
    const count = (): number =>
      simulator.requests.filter(({ path }) => path === '/v1/models').length;
    await sonnet();
    const before = count();
    await sonnet();
    assert.equal(count(), before);
  });

  it('stream text, and tell the usage', async () => {
    const { text, usage } = await ask(say('Hello there.', { outputTokens: 9 }), [User('Hi')]);
    assert.equal(text, 'Hello there.');
    assert.ok(typeof usage === 'object' && usage !== null && 'completion_tokens' in usage);
    assert.equal(usage.completion_tokens, 9);
  });

  it('stream while the reply is written', async () => {
    const gate = new Gate();
    simulator.answer(say('First. Second.', { gate, holdAfter: 12 }));
    const response = await (await sonnet()).sendRequest([User('Hi')]);
    const words: string[] = [];
    for await (const piece of response.text) {
      words.push(piece);
      // Nothing more comes before this.
      gate.open();
    }
    assert.equal(words.join(''), 'First. Second.');
    assert.ok(words.length > 1, 'not all at once');
  });

  it('take roles, images and texts as data', async () => {
    await ask(say('Ok.'), [
      User('One'),
      User([
        new vscode.LanguageModelTextPart('Two'),
        vscode.LanguageModelDataPart.image(Buffer.from(onePixel, 'base64'), 'image/png'),
        vscode.LanguageModelDataPart.text('Three', 'text/plain'),
      ]),
      Assistant('Four'),
      User('Five'),
    ]);
    assert.deepEqual(lastBody()?.messages, [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'One' },
          { type: 'text', text: 'Two' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: onePixel } },
          { type: 'text', text: 'Three' },
        ],
      },
      { role: 'assistant', content: [{ type: 'text', text: 'Four' }] },
      { role: 'user', content: [{ type: 'text', text: 'Five' }] },
    ]);
  });

  it('refuse data that the API takes in no form', async () => {
    const film = new vscode.LanguageModelDataPart(new Uint8Array([1]), 'video/mp4');
    await assert.rejects(ask(say('Ok.'), [User([film])]), /video\/mp4/);
  });

  it('take the limits that the caller sets', async () => {
    await ask(say('Ok.'), [User('Hi')], { modelOptions: { max_tokens: 77, effort: 'low' } });
    assert.deepEqual([lastBody()?.max_tokens, lastBody()?.output_config], [77, { effort: 'low' }]);
  });

  it('call tools, and take their results', async () => {
    const tools = [{ name: 'read', description: 'Reads a file', inputSchema: { type: 'object' } }];
    const asked = User('What is in a.ts?');
    const { text, calls } = await ask(
      callTools('Let me see.', [{ id: 'c1', name: 'read', json: '{"path": "a.ts"}' }]),
      [asked],
      { tools },
    );
    assert.equal(text, 'Let me see.');
    const [call] = calls;
    assert.ok(call !== undefined);
    assert.deepEqual([call.callId, call.name, call.input], ['c1', 'read', { path: 'a.ts' }]);
    const result = new vscode.LanguageModelToolResultPart('c1', [
      new vscode.LanguageModelTextPart('let a;'),
    ]);
    const answer = await ask(
      say('A declaration.'),
      [asked, Assistant([new vscode.LanguageModelTextPart(text), call]), User([result])],
      { tools },
    );
    assert.equal(answer.text, 'A declaration.');
  });

  it('take calls and schemas of other vendors, and hand thinking on', async () => {
    const id = 'call_00|fc_68ab.x';
    const inputSchema = { anyOf: [{ properties: { path: {} } }, { properties: { url: {} } }] };
    const messages = [
      User('Read a.'),
      Assistant([new vscode.LanguageModelToolCallPart(id, 'my.tool', {})]),
      User([
        new vscode.LanguageModelToolResultPart(id, [new vscode.LanguageModelTextPart('a\ud800')]),
      ]),
      Assistant([new vscode.LanguageModelToolCallPart('lost', 'my.tool', {})]),
      User('Go on, please.'),
    ];
    simulator.answer(
      callTools('So.', [{ id: 'c1', name: 'my_tool', json: '{}' }], 'tool_use', 'Hm.'),
    );
    const response = await (await sonnet()).sendRequest(messages, {
      tools: [{ name: 'my.tool', description: 'Reads', inputSchema }],
    });
    const parts: unknown[] = [];
    for await (const part of response.stream) parts.push(part);
    const call = parts.find((part) => part instanceof vscode.LanguageModelToolCallPart);
    assert.equal(call?.name, 'my.tool');
    const thinking = parts.filter((part) => part?.constructor?.name === thinkingPartName());
    assert.equal(thinking.length, thinkingPartName() === undefined ? 0 : 1);
  });

  it('close the socket when the caller cancels', async () => {
    simulator.answer(say('First. Second.', { gate: new Gate(), holdAfter: 12 }));
    const model = await sonnet();
    const received = simulator.nextMessage();
    const source = new vscode.CancellationTokenSource();
    const response = await model.sendRequest([User('Hi')], {}, source.token);
    const reading = (async () => {
      for await (const _ of response.text) source.cancel();
    })();
    await assert.rejects(reading);
    const { ended } = await received;
    assert.equal(await ended, 'closed-by-client');
    source.dispose();
  });

  it('stop with Claude: Stop', async () => {
    simulator.answer(say('First. Second.', { gate: new Gate(), holdAfter: 12 }));
    const received = simulator.nextMessage();
    const response = await (await sonnet()).sendRequest([User('Hi')]);
    const reading = (async () => {
      for await (const _ of response.text)
        await vscode.commands.executeCommand('claudeStream.stop');
    })();
    await assert.rejects(reading);
    const { ended } = await received;
    assert.equal(await ended, 'closed-by-client');
  });

  const failures: readonly [name: string, script: Script, code: string | null, words: RegExp][] = [
    ['a key that isn’t accepted', fail(401, 'authentication_error', 'no'), 'NoPermissions', /key/],
    ['a model that isn’t there', fail(404, 'not_found_error', 'no'), 'NotFound', /not available/],
    [
      'a spent limit',
      fail(429, 'rate_limit_error', 'no', { 'x-should-retry': 'false' }),
      'Blocked',
      /rate limit/,
    ],
    ['a refusal', say('No', { stopReason: 'refusal' }), 'Blocked', /declined/],
    ['a reply that is cut', say('So', { stopReason: 'max_tokens' }), null, /token limit/],
    ['a connection that closes early', sayThen('So', 'close'), null, /before the reply/],
  ];
  for (const [name, script, code, words] of failures) {
    it(`say ${name}`, async () => {
      await assert.rejects(ask(script, [User('Hi')]), (error) => {
        assert.ok(error instanceof Error);
        assert.match(error.message, words);
        if (code !== null) {
          assert.ok(error instanceof vscode.LanguageModelError);
          assert.equal(error.code, code);
        }
        return true;
      });
    });
  }

  it('count tokens by the API, each text once', async () => {
    const model = await sonnet();
    const counted = (): number =>
      simulator.requests.filter(({ path }) => path.endsWith('/count_tokens')).length;
    const words = `${'word '.repeat(40)}${crypto.randomUUID()}`;
    assert.equal(await model.countTokens(words), Math.ceil(words.length / 4));
    const after = counted();
    assert.ok(after > 0);
    assert.equal(await model.countTokens(words), Math.ceil(words.length / 4));
    assert.equal(counted(), after);
    // A message has a frame of seven in the simulator.
    assert.equal(await model.countTokens(User('four')), 8);
    assert.equal(await model.countTokens(''), 0);
  });

  it('ask nothing where the setting says off', async () => {
    const model = await sonnet();
    await allow('off');
    assert.deepEqual(await vscode.lm.selectChatModels({ vendor: modelVendor }), []);
    const asked = simulator.messages.length;
    await assert.rejects(async () => model.sendRequest([User('Hi')]));
    assert.equal(simulator.messages.length, asked);
    await allow('allow');
    await sonnet();
  });

  it('ask nothing before the user has said that they may', async () => {
    await allow('ask');
    const model = await sonnet();
    const asked = simulator.messages.length;
    const requests = simulator.requests.length;
    assert.ok((await model.countTokens('Words that nobody has counted yet')) > 0);
    assert.equal(simulator.requests.length, requests, 'it is an estimate');
    // In tests VS Code shows no dialogue, so nobody says yes.
    await assert.rejects(ask(say('Ok.'), [User('Hi')]));
    assert.equal(simulator.messages.length, asked);
    await allow('allow');
  });
});
