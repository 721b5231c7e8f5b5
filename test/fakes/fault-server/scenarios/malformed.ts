import {
  blockStart,
  blockStop,
  messageStart,
  sse,
  textDelta,
  thinkingDelta,
} from '../../messages-api/wire.ts';
import { chunks, inChunks, lastChunk } from '../http.ts';
import {
  close,
  delta,
  deltas,
  model,
  open,
  start,
  stop,
  unfinished,
  usage,
  words,
} from '../message.ts';
import { type Scenario, scenario, send } from '../scenario.ts';
import { thinking } from './contents.ts';

function streamed(...events: readonly string[]): Scenario {
  return scenario(send(inChunks, chunks(events), lastChunk));
}

/** What follows the text. */
const rest = [close, delta, stop];

/** Event streams in which one event isn't what the protocol says. */
export const malformed = {
  'JSON that breaks off, first': streamed(
    'event: message_start\ndata: {"type": "mess\n\n',
    open,
    ...deltas,
    ...rest,
  ),
  'JSON that breaks off, after text': streamed(
    ...unfinished,
    'event: content_block_delta\ndata: {"type": "content_blo\n\n',
    ...rest,
  ),
  'no JSON at all': streamed(...unfinished, 'event: content_block_delta\ndata: hello\n\n', ...rest),
  'null for an event': streamed(
    ...unfinished,
    'event: content_block_delta\ndata: null\n\n',
    ...rest,
  ),
  'a second message_start inside the message': streamed(
    ...unfinished,
    messageStart(model, usage),
    ...rest,
  ),
  'message_start without usage': streamed(
    sse('message_start', {
      type: 'message_start',
      message: { id: 'msg_1', type: 'message', role: 'assistant', model, content: [] },
    }),
    open,
    ...deltas,
    ...rest,
  ),
  'a delta without its block': streamed(start, ...deltas, delta, stop),
  'a block start without its block': streamed(
    start,
    sse('content_block_start', { type: 'content_block_start', index: 0 }),
    ...deltas,
    ...rest,
  ),
  'a delta event without its delta': streamed(
    ...unfinished,
    sse('content_block_delta', { type: 'content_block_delta', index: 0 }),
    ...rest,
  ),
  'a text delta without text': streamed(
    start,
    open,
    ...deltas,
    sse('content_block_delta', {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: null },
    }),
    close,
    delta,
    stop,
  ),
  'a thinking delta without text': streamed(
    start,
    blockStart(0, 'thinking'),
    sse('content_block_delta', {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'thinking_delta' },
    }),
    thinkingDelta(0, thinking),
    close,
    blockStart(1, 'text'),
    ...words.map((word) => textDelta(1, word)),
    blockStop(1),
    delta,
    stop,
  ),
  'message_delta without usage': streamed(
    ...unfinished,
    close,
    sse('message_delta', { type: 'message_delta', delta: { stop_reason: 'end_turn' } }),
    stop,
  ),
} satisfies Record<string, Scenario>;
