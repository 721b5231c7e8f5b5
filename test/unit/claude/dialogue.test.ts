import assert from 'node:assert/strict';
import type { MessageParam } from '@anthropic-ai/sdk/resources/messages/messages';
import fc from 'fast-check';
import { connect } from '../../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import type {
  Dialogue,
  DialogueMessage,
  DialoguePart,
  Tool,
} from '../../../src/core/claude/request.ts';
import { toMessageParams } from '../../../src/core/claude/request-params.ts';
import { estimateInput } from '../../../src/core/usage/input-count.ts';
import { callTools, type Script, say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

const text = (words: string): DialoguePart => ({ kind: 'text', text: words });
const user = (...parts: DialoguePart[]): DialogueMessage => ({ role: 'user', parts });
const assistant = (...parts: DialoguePart[]): DialogueMessage => ({ role: 'assistant', parts });
const call: DialoguePart = { kind: 'tool-call', id: 'c1', name: 'read', input: { path: 'a.ts' } };
const result: DialoguePart = {
  kind: 'tool-result',
  callId: 'c1',
  parts: [{ kind: 'text', text: 'let a' }],
};
const image: DialoguePart = { kind: 'image', mediaType: 'image/png', base64: 'aGk=' };
const readTool: Tool = {
  name: 'read',
  description: 'Reads a file',
  inputSchema: { type: 'object', properties: { path: { type: 'string' } } },
};

const dialogue = (messages: readonly DialogueMessage[], tools: readonly Tool[] = []): Dialogue => ({
  messages,
  tools,
  mustCallTool: false,
});

const toDialogueMessages = (asked: Dialogue): MessageParam[] =>
  toMessageParams({ ...anyRequest, dialogue: asked }).messages;

describe('a dialogue as the API takes it', () => {
  const cases: readonly [name: string, given: readonly DialogueMessage[], sent: object[]][] = [
    [
      'one question',
      [user(text('Hi'))],
      [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    ],
    [
      'messages of one role as one',
      [user(text('a')), user(text('b'))],
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
    ],
    [
      'no blank text, and no message of nothing else',
      [user(text('a')), assistant(text(' \n')), user(text('b'), text(''))],
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
    ],
    [
      'the user’s word last: prefill is refused',
      [user(text('a')), assistant(text('b'))],
      [
        { role: 'user', content: [{ type: 'text', text: 'a' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'b' }] },
        { role: 'user', content: [{ type: 'text', text: 'Go on.' }] },
      ],
    ],
    [
      'results of tools before what the user says',
      [user(text('a')), assistant(call), user(text('and b?'), result)],
      [
        { role: 'user', content: [{ type: 'text', text: 'a' }] },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'c1', name: 'read', input: { path: 'a.ts' } }],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'c1', content: [{ type: 'text', text: 'let a' }] },
            { type: 'text', text: 'and b?' },
          ],
        },
      ],
    ],
    [
      'images',
      [user(image)],
      [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
          ],
        },
      ],
    ],
  ];
  for (const [name, given, sent] of cases) {
    it(`has ${name}`, () => assert.deepEqual(toDialogueMessages(dialogue(given)), sent));
  }

  it('alternates, ends with the user and loses no word, whatever is given', () => {
    const anyMessage = fc.record({
      role: fc.constantFrom('user', 'assistant'),
      parts: fc.array(fc.string().map(text)),
    });
    fc.assert(
      fc.property(fc.array(anyMessage), (messages) => {
        const sent = toDialogueMessages(dialogue(messages));
        for (const [index, { role }] of sent.entries()) {
          assert.notEqual(role, sent[index + 1]?.role);
        }
        assert.notEqual(sent.at(-1)?.role, 'assistant');
        const told = JSON.stringify(sent);
        for (const { parts } of messages) {
          for (const part of parts) {
            if (part.kind !== 'text' || part.text.trim() === '') continue;
            assert.ok(told.includes(JSON.stringify(part.text)));
          }
        }
      }),
    );
  });

  it('has an estimate that grows with each part', () => {
    const tokens = (...messages: readonly DialogueMessage[]): number =>
      estimateInput({ ...anyRequest, dialogue: dialogue(messages, [readTool]) });
    const small = tokens(user(text('Hi')));
    assert.ok(small > 0);
    assert.ok(tokens(user(text('Hi'), image)) > small + 1000);
    assert.ok(tokens(user(text('Hi')), assistant(call), user(result)) > small);
  });
});

describe('tools', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator(say(''));
  });
  after(async () => {
    await simulator[Symbol.asyncDispose]();
  });

  async function events(
    script: Script,
    asked: Dialogue,
    model = anyRequest.model,
  ): Promise<readonly ReplyEvent[]> {
    simulator.answer(script);
    const claude = connect({
      apiKey: 'sk-ant-unit',
      baseUrl: simulator.url,
      idleTimeoutMs: 1000,
      maxRetries: 0,
      onListenerError: (error) => assert.fail(String(error)),
    });
    const seen: ReplyEvent[] = [];
    const { signal } = new AbortController();
    const request = { ...anyRequest, model, dialogue: asked };
    await claude.streamReply(checked(request), { signal, emit: (event) => seen.push(event) });
    return seen;
  }
  const callsOf = (seen: readonly ReplyEvent[]): readonly object[] =>
    seen.flatMap((event) => (event.type === 'tool-call' ? [event.call] : []));

  it('are offered as they are', async () => {
    const asked = { ...dialogue([user(text('Hi'))], [readTool]), mustCallTool: true };
    await events(say('Ok.'), asked, 'claude-haiku-5-5');
    const body = simulator.messages.at(-1)?.body;
    assert.deepEqual(body?.tools, [
      { name: 'read', description: 'Reads a file', input_schema: readTool.inputSchema },
    ]);
    assert.deepEqual(body?.tool_choice, { type: 'any' });
  });

  it('are asked for in words where the model can’t be forced', async () => {
    const asked = { ...dialogue([user(text('Hi'))], [readTool]), mustCallTool: true };
    const seen = await events(say('Ok.'), asked);
    assert.deepEqual(seen.at(-1), { type: 'outcome', outcome: { kind: 'complete' } });
    const body = simulator.messages.at(-1)?.body;
    assert.equal(body?.tool_choice, undefined);
    assert.match(JSON.stringify(body?.messages), /calling one of the tools/);
  });

  const wires: readonly [name: string, json: string, input: object | null][] = [
    [
      'input in pieces',
      '{"path": "src/a b.ts", "lines": [1, 2]}',
      { path: 'src/a b.ts', lines: [1, 2] },
    ],
    ['no input', '', {}],
    ['input that isn’t whole', '{"path": "sr', null],
    ['input that is no object', '"path"', null],
  ];
  for (const [name, json, input] of wires) {
    it(`are called with ${name}`, async () => {
      const seen = await events(
        callTools('Let me see.', [{ id: 'c1', name: 'read', json }]),
        dialogue([user(text('Hi'))], [readTool]),
      );
      const expected = input === null ? [] : [{ kind: 'tool-call', id: 'c1', name: 'read', input }];
      assert.deepEqual(callsOf(seen), expected);
      assert.deepEqual(seen.at(-1), { type: 'outcome', outcome: { kind: 'complete' } });
    });
  }

  it('are called several at a time, in order', async () => {
    const seen = await events(
      callTools('Both.', [
        { id: 'c1', name: 'read', json: '{"path": "a"}' },
        { id: 'c2', name: 'read', json: '{"path": "b"}' },
      ]),
      dialogue([user(text('Hi'))], [readTool]),
    );
    assert.deepEqual(
      callsOf(seen).map((each) => ('id' in each ? each.id : null)),
      ['c1', 'c2'],
    );
  });

  it('give their results back', async () => {
    const seen = await events(
      say('It says let a.'),
      dialogue([user(text('Hi')), assistant(text('Let me see.'), call), user(result)], [readTool]),
    );
    assert.deepEqual(seen.at(-1), { type: 'outcome', outcome: { kind: 'complete' } });
  });
});
