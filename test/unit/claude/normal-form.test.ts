import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import { ReplyBody } from '../../../src/core/claude/reply-body.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { wellFormed } from '../../../src/core/claude/well-formed.ts';
import { message } from '../../fakes/fault-server/message.ts';
import { say } from '../../fakes/messages-api/scripts.ts';
import { startSimulator } from '../../fakes/messages-api/simulator.ts';
import {
  blockStart,
  blockStop,
  messageDelta,
  messageStart,
  messageStop,
  signatureDelta,
  sse,
  textDelta,
  thinkingDelta,
} from '../../fakes/messages-api/wire.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

const usage = { input_tokens: 12, cache_read_input_tokens: 3, cache_creation_input_tokens: 5 };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What the SDK is to read for these chunks. */
function normal(chunks: readonly string[], contentType = 'text/event-stream'): string {
  const body = new ReplyBody(contentType);
  return chunks.map((chunk) => decode(body.push(encode(chunk)))).join('') + decode(body.end());
}

const eventsOf = (stream: string): readonly Record<string, unknown>[] =>
  stream.split('\n\n').flatMap((one) => {
    const data = /^data: (.*)$/m.exec(one)?.[1];
    return data === undefined ? [] : [JSON.parse(data)];
  });

describe('the normal form of a reply', () => {
  it('is passed on untouched, each chunk as the same bytes', () => {
    const body = new ReplyBody('text/event-stream');
    for (const chunk of message.filter((one) => !one.startsWith('event: ping')).map(encode)) {
      assert.equal(body.push(chunk), chunk);
    }
    assert.deepEqual(body.repairs, []);
  });

  it('is known again in many deltas at once, with whatever is in their text', () => {
    const body = new ReplyBody('text/event-stream');
    body.push(encode(messageStart('m', usage) + blockStart(0, 'text') + textDelta(0, 'a')));
    const texts = ['b', '"quoted"', 'back\\slash', '\n\t', '{"text":"c"}', 'ü 🎉', '', '\u2028'];
    const chunk = encode(texts.map((text) => textDelta(0, text)).join(''));
    assert.equal(body.push(chunk), chunk);
    // One of another block is not what was usual.
    const other = decode(body.push(encode(textDelta(0, 'd') + textDelta(5, 'e'))));
    assert.deepEqual(
      eventsOf(other).map(({ index }) => index),
      [0, 0],
    );
  });

  it('has blocks at the next index, whatever the server calls them', () => {
    const start = sse('content_block_start', {
      type: 'content_block_start',
      index: '4',
      content_block: { type: 'thinking', thinking: '', signature: '' },
    });
    const rename = (event: string): string => event.replace('"index":0', '"index":"4"');
    const stream = normal([
      messageStart('m', usage),
      start,
      rename(thinkingDelta(0, 'hm')),
      rename(signatureDelta(0, 'c2ln')),
      rename(blockStop(0)),
      blockStart(9, 'text'),
      textDelta(9, 'a'),
      blockStop(9),
      messageDelta({ stopReason: 'end_turn', outputTokens: 7 }, usage),
      messageStop(),
    ]);
    assert.deepEqual(
      eventsOf(stream).map(({ type, index }) => [type, index]),
      [
        ['message_start', undefined],
        ['content_block_start', 0],
        ['content_block_delta', 0],
        ['content_block_delta', 0],
        ['content_block_stop', 0],
        ['content_block_start', 1],
        ['content_block_delta', 1],
        ['content_block_stop', 1],
        ['message_delta', undefined],
        ['message_stop', undefined],
      ],
    );
  });

  it('has each event’s type, by its fields where nothing else says it', () => {
    const untyped = [
      { message: { model: 'm', usage, content: [] } },
      { index: 0, content_block: { type: 'thinking', thinking: 'First. ' } },
      { index: 0, delta: { thinking: 'Then.' } },
      { index: 0, delta: { signature: 'c2ln' } },
      { index: 1, content_block: { text: 'a' } },
      { index: 1, delta: { text: 'b' } },
      { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } },
    ];
    const stream = normal(untyped.map((fields) => `data: ${JSON.stringify(fields)}\n\n`));
    const events = eventsOf(stream);
    assert.deepEqual(
      events.map(({ type }) => type),
      [
        'message_start',
        'content_block_start',
        'content_block_delta',
        'content_block_delta',
        'content_block_delta',
        'content_block_stop',
        'content_block_start',
        'content_block_delta',
        'content_block_delta',
        'message_delta',
        'content_block_stop',
        'message_stop',
      ],
    );
    assert.deepEqual(
      events.flatMap(({ delta }) => {
        const { text } = (delta ?? {}) as { readonly text?: string };
        return text === undefined ? [] : [text];
      }),
      ['a', 'b'],
    );
  });

  it('has a call of a tool whole, also where its input is no text', () => {
    const stream = normal([
      messageStart('m', usage),
      sse('content_block_start', {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', id: 7, name: 'look', input: {} },
      }),
      sse('content_block_delta', {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'input_json_delta', partial_json: { path: 'a.ts' } },
      }),
      messageStop(),
    ]);
    const [, start, input, end] = eventsOf(stream);
    assert.deepEqual(start?.['content_block'], {
      type: 'tool_use',
      id: 'toolu_0',
      name: 'look',
      input: {},
    });
    assert.deepEqual(input?.['delta'], {
      type: 'input_json_delta',
      partial_json: '{"path":"a.ts"}',
    });
    assert.equal(end?.['type'], 'content_block_stop');
  });

  it('tells the log once a reply what had to be put right', async () => {
    const notes: string[] = [];
    const claude = connect({
      apiKey: 'sk-ant-unit',
      baseUrl: 'http://127.0.0.1:9',
      idleTimeoutMs: 1000,
      maxRetries: 0,
      onListenerError: () => {},
      onNote: (note) => notes.push(note),
      fetch: async () =>
        new Response(
          message
            .slice(1)
            .join('')
            .replaceAll(/^event: .*\n/gm, ''),
        ),
    });
    const events: ReplyEvent[] = [];
    const { signal } = new AbortController();
    await claude.streamReply(checked(anyRequest), { signal, emit: (event) => events.push(event) });
    assert.deepEqual(events.at(-1), { type: 'outcome', outcome: { kind: 'complete' } });
    assert.equal(notes.length, 1);
    assert.match(notes[0] ?? '', /no message_start first/);
    assert.match(notes[0] ?? '', /events without their names/);
  });
});

describe('what is sent', () => {
  it('is well-formed Unicode, wherever a character was cut in two', async () => {
    await using simulator = await startSimulator(say('Yes.'));
    const claude = connect({
      apiKey: 'sk-ant-unit',
      baseUrl: simulator.url,
      idleTimeoutMs: 1000,
      maxRetries: 0,
      onListenerError: () => {},
    });
    const { signal } = new AbortController();
    const request = checked({ ...anyRequest, userText: 'cut \ud83c', system: '\udf89 cut' });
    await claude.streamReply(request, { signal, emit: () => {} });
    await claude.countInput(request, signal);
    const bodies = simulator.requests.map(({ body }) => JSON.stringify(body));
    assert.equal(bodies.length, 2);
    for (const body of bodies) {
      assert.ok(!/\\ud[89a-f]/i.test(body), body);
      assert.ok(body.includes('cut \ufffd') && body.includes('\ufffd cut'), body);
    }
  });

  it('is the very same where there is nothing to replace', () => {
    const whole = { a: ['x', { b: '🎉' }], c: null, d: 1 };
    assert.equal(wellFormed(whole), whole);
    assert.deepEqual(wellFormed({ ...whole, '\ud83c': ['\udf89'] }), {
      ...whole,
      '\ufffd': ['\ufffd'],
    });
  });
});
