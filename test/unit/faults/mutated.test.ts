import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor } from '../../../src/core/claude/api-key.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { SlimClient } from '../../../src/core/claude/slim-client.ts';
import { streamReply } from '../../../src/core/claude/stream-reply.ts';
import { delta, start, stop } from '../../fakes/fault-server/message.ts';
import { thinking } from '../../fakes/fault-server/scenarios/contents.ts';
import {
  blockStart,
  blockStop,
  ping,
  textDelta,
  thinkingDelta,
} from '../../fakes/messages-api/wire.ts';
import { checked } from '../../fakes/request.ts';
import { apiKey, request } from './request.ts';

/** One event of the normal stream, to be spoiled. */
interface Frame {
  readonly name: string | null;
  readonly data: Record<string, unknown>;
}

const pieces = ['Hello, ', 'wörld', ' 🎉\n', '"quoted" \\', '.'];

const normal: readonly Frame[] = [
  start,
  ping(),
  blockStart(0, 'thinking'),
  thinkingDelta(0, thinking),
  blockStop(0),
  blockStart(1, 'text'),
  ...pieces.map((piece) => textDelta(1, piece)),
  blockStop(1),
  delta,
  stop,
].map(frameOf);

function frameOf(event: string): Frame {
  const [name = '', data = ''] = event.split('\n');
  return { name: name.slice('event: '.length), data: JSON.parse(data.slice('data: '.length)) };
}

/** Parts of an event that would be taken for text if they were strings. */
const parts: ReadonlySet<string> = new Set(['delta', 'content_block']);

interface Mutation {
  readonly kind: 'drop' | 'null' | 'retype' | 'duplicate' | 'swap' | 'unname' | 'lose' | 'noise';
  /** Which event, and which of its fields, as parts of the whole. */
  readonly at: number;
  readonly field: number;
  readonly value: unknown;
}

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('drop', 'null', 'retype', 'duplicate', 'swap', 'unname', 'lose', 'noise'),
  at: place,
  field: place,
  value: fc.constantFrom(0, '', 'shiny', '7', true, [], {}, -1, [null], 1.5),
});

const noises = [
  'data: [DONE]\n\n',
  ': still here\n\n',
  '\n\n',
  'event: shiny\ndata: {"type":"shiny","text":"not text"}\n\n',
  'data: \n\n',
  'garbage\n\n',
];

/** A stream that was spoiled, as far as it must not matter. */
interface Spoiled {
  readonly bytes: Uint8Array;
  /** What must be shown in this order, whatever else is. */
  readonly text: string;
  /** Whether a stop reason or `message_stop` is left to be seen. */
  readonly hasEnding: boolean;
}

function spoil(mutations: readonly Mutation[]): Spoiled {
  const frames: (Frame | string)[] = structuredClone([...normal]);
  for (const one of mutations) apply(one, frames);
  const events = frames.filter((frame) => typeof frame !== 'string');
  const left = events.map(({ data }) => data);
  return {
    bytes: Buffer.from(frames.map(written).join('')),
    text: left.map(textIn).join(''),
    hasEnding: events.some(({ name, data }) => endsIt(name, data)),
  };
}

function endsIt(name: string | null, { type, delta: changed }: Frame['data']): boolean {
  if ((typeof type === 'string' && type !== '' ? type : name) === 'message_stop') return true;
  const reason = (changed as { readonly stop_reason?: unknown } | null | undefined)?.stop_reason;
  return typeof reason === 'string' && reason !== '';
}

/** The text that is left in an event's own field; a number is shown as its digits. */
function textIn({ delta: changed }: Frame['data']): string {
  const { type, text: said } = (changed ?? {}) as {
    readonly type?: unknown;
    readonly text?: unknown;
  };
  if (type === 'thinking_delta') return '';
  return typeof said === 'string' || typeof said === 'number' ? String(said) : '';
}

function apply({ kind, at, field, value }: Mutation, frames: (Frame | string)[]): void {
  const index = Math.floor(at * frames.length);
  const frame = frames[index];
  if (frame === undefined || typeof frame === 'string') return;
  switch (kind) {
    case 'drop':
    case 'null':
    case 'retype': {
      const [owner, name] = fieldAt(frame.data, field);
      if (kind === 'drop') delete owner[name];
      else if (kind === 'null') owner[name] = null;
      else owner[name] = parts.has(name) ? {} : structuredClone(value);
      return;
    }
    case 'duplicate':
      // Text that comes twice is shown twice: nobody can know.
      if (textIn(frame.data) === '') frames.splice(index, 0, structuredClone(frame));
      return;
    case 'swap': {
      const next = frames[index + 1];
      // What follows the end, or stands in its own place among the words, has to stay there.
      if (next === undefined || typeof next === 'string') return;
      if ([frame, next].some((one) => one.data['type'] === 'message_stop')) return;
      if (textIn(frame.data) !== '' && textIn(next.data) !== '') return;
      frames.splice(index, 2, next, frame);
      return;
    }
    case 'unname':
      frames[index] = { ...frame, name: null };
      return;
    case 'lose':
      if (textIn(frame.data) === '') frames.splice(index, 1);
      return;
    case 'noise':
      frames.splice(index, 0, noises[Math.floor(field * noises.length)] ?? '');
      return;
  }
}

/** One of all fields in a value, with the object that has it. */
function fieldAt(data: Frame['data'], part: number): [Frame['data'], string] {
  const all: [Frame['data'], string][] = [];
  const walk = (owner: Frame['data']): void => {
    for (const [name, value] of Object.entries(owner)) {
      all.push([owner, name]);
      if (typeof value === 'object' && value !== null) walk(value as Frame['data']);
    }
  };
  walk(data);
  return all[Math.floor(part * all.length)] ?? [data, 'type'];
}

function written(frame: Frame | string): string {
  if (typeof frame === 'string') return frame;
  const name = frame.name === null ? '' : `event: ${frame.name}\n`;
  return `${name}data: ${JSON.stringify(frame.data)}\n\n`;
}

const cuts = fc.array(place, { maxLength: 12 });

describe('a stream with one to three mutations', () => {
  it('loses no text, ends as it ended, and is asked for once: 2,000 of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        cuts,
        async (mutations, places) => {
          const spoiled = spoil(mutations);
          const { events, requests } = await reply(pieced(spoiled.bytes, places));
          const shown = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
          assert.equal(shown, spoiled.text);
          assert.equal(requests, 1);
          const [outcome, ...others] = events.filter((event) => event.type === 'outcome');
          assert.deepEqual(others, []);
          assert.equal(outcome, events.at(-1));
          const end = outcome?.outcome;
          assert.ok(
            end?.kind === (spoiled.hasEnding ? 'complete' : 'broken') ||
              (!spoiled.hasEnding && end?.kind === 'complete'),
            JSON.stringify(end),
          );
          if (end.kind === 'broken') assert.equal(end.failure.kind, 'truncated');
        },
      ),
      { numRuns: 2000 },
    );
  }).timeout(180_000);
});

function pieced(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...places.map((part) => Math.floor(part * bytes.length)), bytes.length];
  ends.sort((a, b) => a - b);
  return ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
}

async function reply(
  chunks: readonly Uint8Array[],
): Promise<{ readonly events: readonly ReplyEvent[]; readonly requests: number }> {
  let requests = 0;
  const client = new SlimClient({
    apiKey,
    baseURL: 'http://127.0.0.1:9',
    maxRetries: 0,
    openTelemetry: false,
    logLevel: 'off',
    fetch: async () => {
      requests++;
      const left = chunks.values();
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          const { value, done } = left.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    },
  });
  const events: ReplyEvent[] = [];
  await streamReply(
    client,
    checked(request),
    {
      signal: new AbortController().signal,
      emit: (event) => events.push(event),
      onRetryNow: (goOn) => {
        const soon = setImmediate(goOn);
        return { dispose: () => clearImmediate(soon) };
      },
    },
    {
      account: 'test',
      redact: createRedactor(apiKey),
      headersTimeoutMs: 5000,
      idleTimeoutMs: 60_000,
      retry: { maxRetries: 2, maxWaitMs: 60_000 },
      onListenerError: (error) => {
        throw error;
      },
    },
  );
  return { events, requests };
}
