import { gzipSync } from 'node:zlib';
import { sse } from '../../messages-api/wire.ts';
import { chunks, eventStream, head, inChunks, lastChunk, ofLength, untilClosed } from '../http.ts';
import { delta, deltas, message, open, start, unfinished, unstopped } from '../message.ts';
import { end, type Scenario, scenario, send, wait } from '../scenario.ts';

const upToText = unfinished.join('');
const upToEnd = message.join('');
const fullLength = Buffer.byteLength(upToEnd);

/** A body that ends as HTTP wants it, and too early for a message. */
function endsCleanly(body: string): Scenario {
  return scenario(send(untilClosed, body), end);
}

/**
 * HTTP itself says that something is missing. The client drops what it hasn't handed on yet, so
 * these wait until the text has been seen.
 */
function endsShort(...parts: readonly (string | Uint8Array)[]): Scenario {
  return scenario(send(...parts), wait, end);
}

const gzipped = gzipSync(upToEnd);

/** The connection closes politely, before the message or the body is whole. */
export const truncations = {
  'in the middle of an event': endsCleanly(`${upToText}event: content_block_delta\n`),
  'in the middle of a line': endsCleanly(
    `${upToText}event: content_block_delta\ndata: {"type": "content_blo`,
  ),
  'in the middle of a character': scenario(
    send(
      untilClosed,
      upToText,
      Buffer.from('event: content_block_delta\ndata: {"text": "🎉').subarray(0, -2),
    ),
    end,
  ),
  'before message_delta': endsCleanly(upToText),
  'in the middle of message_delta': endsCleanly(upToText + delta.slice(0, -10)),
  'no line end after message_delta': endsCleanly(upToText + delta.slice(0, -2)),
  'after a message_delta without a stop reason': endsCleanly(
    upToText +
      sse('message_delta', { type: 'message_delta', delta: {}, usage: { output_tokens: 1 } }),
  ),
  'no blank line after the last text': endsCleanly(upToText.slice(0, -1)),
  'after message_start': endsCleanly(start),
  'in the middle of message_start': endsCleanly(start.slice(0, -10)),
  'chunked and ended properly, before message_delta': scenario(
    send(inChunks, chunks(unfinished), lastChunk),
  ),
  'anywhere before message_delta': {
    script: (random) => [
      send(
        untilClosed,
        Buffer.from(upToText).subarray(0, random.below(Buffer.byteLength(upToText))),
      ),
      end,
    ],
    cutting: 'random',
  },
  'content-length short before message_stop': endsShort(ofLength(fullLength), upToText),
  'content-length short after message_delta': endsShort(ofLength(fullLength), unstopped.join('')),
  'content-length short after message_stop': endsShort(ofLength(fullLength + 10), upToEnd),
  'no last chunk, before message_stop': endsShort(inChunks, chunks(unfinished)),
  'no last chunk, after message_stop': endsShort(inChunks, chunks(message)),
  'in the middle of a chunk': endsShort(inChunks, chunks(unfinished), '40\r\nevent: cont'),
  'without the last chunk, anywhere before message_delta': {
    script: (random) => {
      const events = [start, open, ...deltas];
      const body = chunks(events.slice(0, 1 + random.below(events.length)));
      return [send(inChunks, body.subarray(0, random.below(body.length))), end];
    },
    cutting: 'random',
  },
  'in the middle of a gzip body': scenario(
    send(
      head('200 OK', { ...eventStream, 'content-encoding': 'gzip', connection: 'close' }),
      gzipped.subarray(0, gzipped.length / 2),
    ),
    end,
  ),
} satisfies Record<string, Scenario>;
