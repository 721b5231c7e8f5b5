import { blockStart, messageStart, sse } from '../../messages-api/wire.ts';
import { chunks, inChunks } from '../http.ts';
import { close, delta, deltas, model, open, start, stop, unfinished, usage } from '../message.ts';
import { hold, type Scenario, scenario, send } from '../scenario.ts';

/** The connection stays open: it's for the client to let go. */
function streamed(...events: readonly string[]): Scenario {
  return scenario(send(inChunks, chunks(events)), hold);
}

/** Event streams whose data isn't what the protocol says. */
export const malformed = {
  'JSON that breaks off, first': streamed('event: message_start\ndata: {"type": "mess\n\n'),
  'JSON that breaks off, after text': streamed(
    ...unfinished,
    'event: content_block_delta\ndata: {"type": "content_blo\n\n',
  ),
  'no JSON at all': streamed(...unfinished, 'event: content_block_delta\ndata: hello\n\n'),
  'null for an event': streamed(...unfinished, 'event: content_block_delta\ndata: null\n\n'),
  'a second message_start inside the message': streamed(...unfinished, messageStart(model, usage)),
  'message_start without usage': streamed(
    sse('message_start', {
      type: 'message_start',
      message: { id: 'msg_1', type: 'message', role: 'assistant', model, content: [] },
    }),
  ),
  'a delta without its block': streamed(start, ...deltas),
  'a block start without its block': streamed(
    start,
    sse('content_block_start', { type: 'content_block_start', index: 0 }),
  ),
  'a delta event without its delta': streamed(
    ...unfinished,
    sse('content_block_delta', { type: 'content_block_delta', index: 0 }),
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
    close,
    delta,
    stop,
  ),
  'message_delta without usage': streamed(
    ...unfinished,
    sse('message_delta', { type: 'message_delta', delta: { stop_reason: 'end_turn' } }),
  ),
} satisfies Record<string, Scenario>;
