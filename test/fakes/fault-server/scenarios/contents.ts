import {
  blockStart,
  blockStop,
  ping,
  signatureDelta,
  sse,
  textDelta,
  thinkingDelta,
} from '../../messages-api/wire.ts';
import { chunks, inChunks, lastChunk, untilClosed } from '../http.ts';
import {
  close,
  delta,
  deltas,
  ending,
  message,
  open,
  start,
  stop,
  unfinished,
  unstopped,
  words,
} from '../message.ts';
import { end, hold, type Scenario, scenario, send } from '../scenario.ts';

export const thinking = 'First, the 🎉; then the rest.';

function streamed(...events: readonly string[]): Scenario {
  return scenario(send(inChunks, chunks(events), lastChunk));
}

const lf = message.join('');

const [firstDelta = '', ...laterDeltas] = deltas;
const toolStart = sse('content_block_start', {
  type: 'content_block_start',
  index: 1,
  content_block: { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} },
});

function inputDelta(json: string): string {
  return sse('content_block_delta', {
    type: 'content_block_delta',
    index: 1,
    delta: { type: 'input_json_delta', partial_json: json },
  });
}

/** The sample text among other things, or with an end that is not the usual one. */
export const contents = {
  'pings between': streamed(ping(), ...message.flatMap((event) => [event, ping()])),
  'unknown event names': streamed(
    sse('shiny', { type: 'shiny' }),
    ...message.flatMap((event) => [event, sse('shiny', { type: 'shiny', text: 'not text' })]),
  ),
  'unknown delta types': streamed(
    start,
    open,
    ...deltas.flatMap((event) => [
      event,
      sse('content_block_delta', {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'shiny_delta', text: 'not text' },
      }),
    ]),
    close,
    delta,
    stop,
  ),
  'unknown block types': streamed(
    start,
    sse('content_block_start', {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'shiny', text: 'not text' },
    }),
    blockStop(0),
    blockStart(1, 'text'),
    ...words.map((word) => textDelta(1, word)),
    blockStop(1),
    delta,
    stop,
  ),
  'text in the block start': streamed(
    start,
    sse('content_block_start', {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'text', text: words[0], citations: null },
    }),
    ...laterDeltas,
    close,
    delta,
    stop,
  ),
  thinking: streamed(
    start,
    blockStart(0, 'thinking'),
    ...[...thinking].map((character) => thinkingDelta(0, character)),
    signatureDelta(0, 'c2lnbmF0dXJl'),
    blockStop(0),
    blockStart(1, 'text'),
    ...words.map((word) => textDelta(1, word)),
    blockStop(1),
    delta,
    stop,
  ),
  'a tool is asked for': streamed(
    start,
    open,
    ...deltas,
    close,
    toolStart,
    inputDelta(''),
    inputDelta('{"path": "🎉'),
    inputDelta('.ts"}'),
    blockStop(1),
    delta,
    stop,
  ),
  'interleaved blocks': streamed(
    start,
    open,
    firstDelta,
    toolStart,
    ...laterDeltas.flatMap((event) => [event, inputDelta('')]),
    inputDelta('{}'),
    blockStop(1),
    close,
    delta,
    stop,
  ),
  'two text blocks, interleaved': streamed(
    start,
    blockStart(0, 'text'),
    blockStart(1, 'text'),
    ...words.map((word, at) => textDelta(at % 2, word)),
    blockStop(0),
    blockStop(1),
    delta,
    stop,
  ),
  'two messages in one body': streamed(
    ...message,
    start,
    open,
    textDelta(0, 'another'),
    close,
    delta,
    stop,
  ),
  'more of the message after message_stop': streamed(
    ...message,
    ...deltas,
    ending('max_tokens'),
    stop,
  ),
  'open after message_stop': scenario(send(inChunks, chunks(message)), hold),
  'open after message_stop, without chunks': scenario(send(untilClosed, lf), hold),
  'message_stop without a stop reason': streamed(...unfinished, close, stop),
  'no message_stop after the stop reason': scenario(send(untilClosed, ...unstopped), end),
  'no blank line after message_stop': scenario(send(untilClosed, lf.slice(0, -1)), end),
  'silence after the stop reason': scenario(send(inChunks, chunks(unstopped)), hold),
  'no text in the block start': streamed(
    start,
    sse('content_block_start', {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'text' },
    }),
    ...deltas,
    close,
    delta,
    stop,
  ),
  'usage before the end': streamed(
    ...unfinished,
    sse('message_delta', {
      type: 'message_delta',
      delta: { stop_reason: null, stop_sequence: null },
      usage: { output_tokens: 7 },
    }),
    close,
    delta,
    stop,
  ),
} satisfies Record<string, Scenario>;
