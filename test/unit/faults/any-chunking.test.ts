import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor } from '../../../src/core/claude/api-key.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { SlimClient } from '../../../src/core/claude/slim-client.ts';
import { streamReply } from '../../../src/core/claude/stream-reply.ts';
import { atDepth } from '../../depth.ts';
import { model, usage } from '../../fakes/fault-server/message.ts';
import {
  blockStart,
  blockStop,
  messageDelta,
  messageStart,
  messageStop,
  ping,
  signatureDelta,
  sse,
  textDelta,
  thinkingDelta,
} from '../../fakes/messages-api/wire.ts';
import { checked } from '../../fakes/request.ts';
import { firstUsage } from './expectation.ts';
import { apiKey, request } from './request.ts';

/** A valid stream, and what it says. */
interface Stream {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly thinking: string;
  readonly outputTokens: number;
}

interface Block {
  readonly type: 'text' | 'thinking';
  readonly deltas: readonly string[];
}

/** What a stream may hold between any two events of the message. */
const noise = fc.constantFrom(
  '',
  ping(),
  ': a comment\n',
  ': a comment\n\n',
  '\n',
  'id: 7\nretry: 10\n',
  sse('shiny', { type: 'shiny', text: 'not text' }),
);

/** Any characters, and those that have tripped decoders; a lone surrogate travels escaped. */
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('\ufeff', '\u2028', '\0', '\r\n', '\n\n', '\ud83c', 'data: x\n\n', '👩‍🚀', '"\\'),
);

const block: fc.Arbitrary<Block> = fc.record({
  type: fc.constantFrom('text', 'thinking'),
  deltas: fc.array(words, { maxLength: 8 }),
});

const stream: fc.Arbitrary<Stream> = fc
  .record({
    blocks: fc.array(block, { maxLength: 4 }),
    noises: fc.infiniteStream(noise),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
    // A last figure of 0 wouldn't count.
    outputTokens: fc.integer({ min: 1, max: 100_000 }),
  })
  .map(({ blocks, noises, lineEnd, mark, outputTokens }) => {
    const events = [
      messageStart(model, usage),
      ...blocks.flatMap(eventsOf),
      messageDelta({ stopReason: 'end_turn', outputTokens }, usage),
      messageStop(),
    ];
    const lines = events.map((event) => `${noises.next().value ?? ''}${event}`).join('');
    return {
      bytes: Buffer.from(mark + lines.replaceAll('\n', lineEnd)),
      text: said(blocks, 'text'),
      thinking: said(blocks, 'thinking'),
      outputTokens,
    };
  });

function eventsOf({ type, deltas }: Block, index: number): readonly string[] {
  return [
    blockStart(index, type),
    ...deltas.map((words) => (type === 'text' ? textDelta : thinkingDelta)(index, words)),
    ...(type === 'thinking' ? [signatureDelta(index, 'c2ln')] : []),
    blockStop(index),
  ];
}

function said(blocks: readonly Block[], wanted: Block['type']): string {
  return blocks.flatMap(({ type, deltas }) => (type === wanted ? deltas : [])).join('');
}

/** Where to cut, as parts of the whole; as many bytes singly at the first of them as are asked for. */
const cuts = fc.record({
  places: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
  single: fc.nat(40),
});

type Cuts = typeof cuts extends fc.Arbitrary<infer T> ? T : never;

function cut(bytes: Uint8Array, { places, single }: Cuts): readonly Uint8Array[] {
  const first = Math.floor((places[0] ?? 0) * bytes.length);
  const ends = [
    ...places.map((place) => Math.floor(place * bytes.length)),
    ...Array.from({ length: single }, (_, at) => Math.min(first + at, bytes.length)),
    bytes.length,
  ].sort((a, b) => a - b);
  // Two cuts at one place make an empty piece, which a stream may have too.
  return ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
}

describe('any chunking', () => {
  it('of any stream gives the same text, usage and outcome', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(stream, cuts, async ({ bytes, text, thinking, outputTokens }, places) => {
        const events = await reply(cut(bytes, places));
        assert.equal(textOf(events, 'text'), text);
        assert.equal(textOf(events, 'thinking'), thinking);
        assert.deepEqual(
          events.findLast(({ type }) => type === 'usage'),
          {
            type: 'usage',
            usage: { ...firstUsage, output: outputTokens },
            final: true,
          },
        );
        assert.deepEqual(
          events.filter(({ type }) => type === 'outcome'),
          [{ type: 'outcome', outcome: { kind: 'complete' } }],
        );
        assert.equal(events.at(-1)?.type, 'outcome');
      }),
      { numRuns: atDepth({ quick: 200, normal: 1000, long: 20_000 }) },
    );
  });
});

/** Over a `fetch` of its own: a socket would join the pieces as it likes. */
async function reply(chunks: readonly Uint8Array[]): Promise<readonly ReplyEvent[]> {
  const client = new SlimClient({
    apiKey,
    baseURL: 'http://127.0.0.1:9',
    maxRetries: 0,
    openTelemetry: false,
    logLevel: 'off',
    fetch: async () =>
      new Response(streamOf(chunks), {
        headers: { 'content-type': 'text/event-stream; charset=utf-8' },
      }),
  });
  const events: ReplyEvent[] = [];
  await streamReply(
    client,
    checked(request),
    { signal: new AbortController().signal, emit: (event) => events.push(event) },
    {
      account: 'test',
      redact: createRedactor(apiKey),
      headersTimeoutMs: 5000,
      idleTimeoutMs: 5000,
      retry: { maxRetries: 0, maxWaitMs: 0 },
      onListenerError: () => {},
    },
  );
  return events;
}

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const left = chunks.values();
  return new ReadableStream({
    pull: (controller) => {
      const { value, done } = left.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

function textOf(events: readonly ReplyEvent[], wanted: 'text' | 'thinking'): string {
  return events.map((event) => (event.type === wanted ? event.text : '')).join('');
}
