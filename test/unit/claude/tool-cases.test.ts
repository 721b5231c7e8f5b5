import assert from 'node:assert/strict';
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
import { wellFormed } from '../../../src/core/claude/well-formed.ts';
import { callTools, say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { refusalOfBlocks } from '../../fakes/messages-api/thinking.ts';
import { refusalOfForm, refusalOfTools } from '../../fakes/messages-api/tool-rules.ts';
import type { MessageBody } from '../../fakes/messages-api/wire.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

/*
 * What other extensions hand to a language model provider (test/cases/tools), and others of its
 * kinds. The rules of the API are those of the simulator.
 */

const text = (words: string): DialoguePart => ({ kind: 'text', text: words });
const user = (...parts: DialoguePart[]): DialogueMessage => ({ role: 'user', parts });
const assistant = (...parts: DialoguePart[]): DialogueMessage => ({ role: 'assistant', parts });
const call = (id: string, input: object = {}, name = 'read'): DialoguePart => ({
  kind: 'tool-call',
  id,
  name,
  input,
});
const result = (callId: string, ...words: string[]): DialoguePart => ({
  kind: 'tool-result',
  callId,
  parts: words.map((each) => ({ kind: 'text', text: each })),
});
const tool = (name: string, inputSchema: object = { type: 'object' }): Tool => ({
  name,
  description: 'Does it',
  inputSchema,
});

const bodyOf = (dialogue: Partial<Dialogue>): MessageBody => {
  const whole = { messages: [user(text('Hi'))], tools: [], mustCallTool: false, ...dialogue };
  return wellFormed(toMessageParams({ ...anyRequest, dialogue: whole })) as MessageBody;
};
const refusalOf = (body: MessageBody): string | null =>
  refusalOfForm(body) ??
  refusalOfTools(body) ??
  refusalOfBlocks(body.messages, { ...body, account: '', system: body.system, tools: body.tools });
/** In their order: each call and each result. */
const idsIn = (body: MessageBody): readonly string[] =>
  body.messages
    .flatMap(({ content }) => (typeof content === 'string' ? [] : content))
    .flatMap((block) => {
      if (block.type === 'tool_use') return [block.id];
      return block.type === 'tool_result' ? [block.tool_use_id] : [];
    });

describe('what other extensions hand over', () => {
  const vendorId = 'call_00|fc_68ab.x';
  const tools = [tool('read')];
  const dialogues: readonly [name: string, messages: readonly DialogueMessage[], words: RegExp][] =
    [
      [
        'an id of another vendor',
        [user(text('a')), assistant(call(vendorId)), user(result(vendorId, 'let a'))],
        /let a/,
      ],
      [
        'an id that is too long',
        [user(text('a')), assistant(call('x'.repeat(200))), user(result('x'.repeat(200), 'let a'))],
        /let a/,
      ],
      ['an empty id', [user(text('a')), assistant(call('')), user(result('', 'let a'))], /let a/],
      [
        'two ids that differ in what the API doesn’t take',
        [
          user(text('a')),
          assistant(call('c.1'), call('c|1')),
          user(result('c|1', 'two'), result('c.1', 'one')),
        ],
        /one.*two/,
      ],
      [
        'one id in two turns',
        [
          user(text('a')),
          assistant(call('c')),
          user(result('c', 'one')),
          assistant(call('c')),
          user(result('c', 'two')),
        ],
        /one.*two/,
      ],
      [
        'one id twice in a turn',
        [
          user(text('a')),
          assistant(call('c', { n: 1 }), call('c', { n: 2 })),
          user(result('c', 'one'), result('c', 'two')),
        ],
        /one.*two/,
      ],
      [
        'a call that never got its result',
        [user(text('a')), assistant(call('c')), user(text('never mind'))],
        /no result.*never mind/,
      ],
      ['a call at the end', [user(text('a')), assistant(call('c'))], /no result/],
      [
        'one of two results',
        [user(text('a')), assistant(call('c'), call('d')), user(result('d', 'let d'))],
        /no result.*let d/,
      ],
      ['a result without its call', [user(text('a'), result('c', 'let a'))], /call.*let a/],
      [
        'a result twice',
        [user(text('a')), assistant(call('c')), user(result('c', 'one'), result('c', 'two'))],
        /one.*two/,
      ],
      [
        'a result that comes late',
        [user(text('a')), assistant(call('c')), user(text('well?')), user(result('c', 'let a'))],
        /let a.*well/,
      ],
      [
        'a result behind another answer',
        [
          user(text('a')),
          assistant(call('c')),
          user(text('well?')),
          assistant(text('wait')),
          user(result('c', 'let a')),
        ],
        /let a.*well.*wait/,
      ],
      [
        'an empty result',
        [user(text('a')), assistant(call('c')), user(result('c', ' \n'))],
        /nothing/,
      ],
      ['the assistant first', [assistant(text('Welcome.')), user(text('a'))], /Welcome/],
      ['a call by the user', [user(text('a'), call('c')), user(result('c', 'let a'))], /let a/],
      [
        'a result by the assistant',
        [user(text('a')), assistant(call('c'), result('c', 'let a'), text('So.'))],
        /let a.*So\./,
      ],
      [
        'an image by the assistant',
        [
          user(text('a')),
          assistant(text('b'), { kind: 'image', mediaType: 'image/png', base64: 'aGk=' }),
        ],
        /image/,
      ],
      ['nothing but blanks', [user(text(' ')), assistant(text('\n'))], /./],
      ['nothing', [], /./],
      [
        'half an emoji',
        [
          user(text('\ud83d a')),
          assistant(call('c\udc00', { path: '\ud83d' })),
          user(result('c\udc00', '\udc00 b')),
        ],
        /� a.*�.*� b/,
      ],
      [
        'input that is no object',
        [
          user(text('a')),
          assistant(call('c', ['x']), call('d', '{"path":"a"}' as unknown as object)),
          user(result('c', 'b')),
        ],
        /"input":\["x"\].*"path":"a"/,
      ],
      [
        'a call of a tool that isn’t offered, by a name that the API doesn’t take',
        [user(text('a')), assistant(call('c', {}, 'my.tool/x')), user(result('c', 'b'))],
        /my_tool_x/,
      ],
    ];
  for (const [name, messages, words] of dialogues) {
    it(`goes through with ${name}`, () => {
      for (const offered of [tools, []]) {
        const body = bodyOf({ messages, tools: offered });
        assert.equal(refusalOf(body), null, JSON.stringify(body));
        assert.match(JSON.stringify(body.messages), words);
      }
    });
  }

  it('has one new id in the call and in its result, whatever comes after', () => {
    const before = [user(text('a')), assistant(call(vendorId)), user(result(vendorId, 'b'))];
    const [id, resultId] = idsIn(bodyOf({ messages: before, tools }));
    assert.match(id ?? '', /^[\w-]{1,64}$/);
    assert.equal(resultId, id);
    const after = [...before, assistant(call('call_00_fc_68ab_x')), user(result('', 'c'))];
    const sent = bodyOf({ messages: after, tools }).messages;
    assert.deepEqual(sent.slice(0, 3), bodyOf({ messages: before, tools }).messages);
  });

  const path = { type: 'string' };
  const fileOrUrl = [
    { type: 'object', properties: { path, mode: path }, required: ['path', 'mode'] },
    { type: 'object', properties: { url: path, mode: { type: 'number' } }, required: ['mode'] },
  ];
  const schemas: readonly (readonly [name: string, schema: unknown, sent: object | null])[] = [
    ['none', undefined, { type: 'object', properties: {} }],
    ['null', null, { type: 'object', properties: {} }],
    ['a list', [], { type: 'object', properties: {} }],
    ['no type', { properties: { path } }, { type: 'object', properties: { path } }],
    ['another type', { type: ['object', 'null'] }, { type: 'object', properties: {} }],
    [
      'properties that are none',
      { type: 'object', properties: null, required: 'path' },
      { type: 'object', properties: {} },
    ],
    ...['anyOf', 'oneOf'].map(
      (key) =>
        [
          `${key} at the top`,
          { [key]: fileOrUrl, title: 'Source' },
          {
            title: 'Source',
            type: 'object',
            properties: { path, url: path, mode: { anyOf: [path, { type: 'number' }] } },
            required: ['mode'],
          },
        ] as const,
    ),
    [
      'allOf at the top',
      { type: 'object', properties: { a: path }, required: ['a'], allOf: [{ required: ['b'] }] },
      { type: 'object', properties: { a: path }, required: ['a', 'b'] },
    ],
    [
      'a reference at the top',
      { $ref: '#/$defs/In', $defs: { In: { type: 'object', properties: { path } } } },
      {
        type: 'object',
        properties: { path },
        $defs: { In: { type: 'object', properties: { path } } },
      },
    ],
    [
      'a reference to itself',
      { anyOf: [{ $ref: '#' }, { properties: { path } }] },
      { type: 'object', properties: { path } },
    ],
    ['a parameter that the API can’t name', { properties: { 'a b': path } }, null],
  ];
  for (const [name, inputSchema, sent] of schemas) {
    it(`offers a tool with a schema of ${name}`, () => {
      const body = bodyOf({ tools: [tool('read', inputSchema as object)] });
      assert.equal(refusalOf(body), null);
      assert.deepEqual(body.tools?.[0]?.input_schema, sent ?? undefined);
    });
  }

  it('goes through whatever it is made of', () => {
    const id = fc.constantFrom('', 'c', 'c.1', 'c|1', 'd\ud800', 'é'.repeat(90));
    const words = fc.constantFrom('', ' ', 'word', '\udc00');
    const part: fc.Arbitrary<DialoguePart> = fc.oneof(
      words.map(text),
      fc.tuple(id, fc.constantFrom('read', 'my.tool', '')).map(([at, name]) => call(at, {}, name)),
      fc.tuple(id, words).map(([at, said]) => result(at, said)),
      fc.constant<DialoguePart>({ kind: 'image', mediaType: 'image/png', base64: '' }),
      fc.constant<DialoguePart>({ kind: 'thought', thought: { kind: 'redacted', data: 'x' } }),
    );
    const messages = fc.array(
      fc.record({ role: fc.constantFrom('user', 'assistant'), parts: fc.array(part) }),
    );
    const schema: fc.Arbitrary<unknown> = fc.oneof(
      fc.constantFrom(undefined, null, 'x', [], { type: 'string' }),
      fc.dictionary(
        fc.constantFrom('type', 'properties', 'required', 'anyOf', 'oneOf', 'allOf', '$ref'),
        fc.jsonValue(),
      ),
    );
    const offered = fc.array(
      fc
        .tuple(fc.constantFrom('read', 'my.tool', 'my_tool', '', 'x'.repeat(99)), schema)
        .map(([name, given]) => tool(name, given as object)),
    );
    fc.assert(
      fc.property(messages, offered, fc.boolean(), (given, tools, mustCallTool) => {
        const body = bodyOf({ messages: given, tools, mustCallTool });
        assert.equal(refusalOf(body), null, JSON.stringify(body));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('names of tools', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator(say(''));
  });
  after(async () => {
    await simulator[Symbol.asyncDispose]();
  });

  it('are changed for the API alone, and what is left out is logged', async () => {
    const long = `mcp.${'x'.repeat(80)}`;
    simulator.answer(
      callTools('Both.', [
        { id: 'c1', name: 'my_tool_2', json: '{}' },
        { id: 'c2', name: `mcp_${'x'.repeat(60)}`, json: '{}' },
      ]),
    );
    const notes: string[] = [];
    const claude = connect({
      apiKey: 'sk-ant-unit',
      baseUrl: simulator.url,
      idleTimeoutMs: 1000,
      maxRetries: 0,
      onListenerError: (error) => assert.fail(String(error)),
      onNote: (note) => notes.push(note),
    });
    const events: ReplyEvent[] = [];
    const tools = [tool('my.tool'), tool('my_tool'), tool(long), tool(''), tool('my_tool')];
    const dialogue = { messages: [user(text('Hi'))], tools, mustCallTool: false };
    await claude.streamReply(checked({ ...anyRequest, dialogue }), {
      signal: new AbortController().signal,
      emit: (event) => events.push(event),
    });
    assert.deepEqual(
      simulator.messages.at(-1)?.body?.tools?.map(({ name }) => name),
      ['my_tool_2', 'my_tool', `mcp_${'x'.repeat(60)}`],
    );
    const called = events.flatMap((event) => (event.type === 'tool-call' ? [event.call.name] : []));
    assert.deepEqual(called, ['my.tool', long]);
    assert.match(notes.join('\n'), /left out: , my_tool$/);
  });
});
