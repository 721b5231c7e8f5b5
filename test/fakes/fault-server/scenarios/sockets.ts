import { chunks, eventStream, head, inChunks, lastChunk, untilClosed } from '../http.ts';
import { message, unfinished } from '../message.ts';
import { end, reset, type Scenario, scenario, send, wait } from '../scenario.ts';

const halfAHead = head('200 OK', { 'content-type': 'text/event-stream' }).slice(0, -8);

/** The connection breaks, or what comes over it isn't HTTP. */
export const sockets = {
  'closed before the headers': scenario(end),
  'reset before the headers': scenario(reset),
  'closed in the headers': scenario(send(halfAHead), end),
  'reset in the headers': scenario(send(halfAHead), reset),
  'closed before the first byte': scenario(send(inChunks), wait, end),
  'reset before the first byte': scenario(send(inChunks), wait, reset),
  'closed in mid-stream': scenario(send(inChunks, chunks(unfinished)), wait, end),
  'reset in mid-stream': scenario(send(inChunks, chunks(unfinished)), wait, reset),
  // Here the client's network stack takes the reset for the end of the body.
  'reset in mid-stream, without chunks': scenario(send(untilClosed, ...unfinished), wait, reset),
  'reset right behind the text': scenario(send(inChunks, chunks(unfinished)), reset),
  'reset after message_stop': scenario(send(inChunks, chunks(message)), wait, reset),
  'closed after message_stop': scenario(send(inChunks, chunks(message)), wait, end),
  'not HTTP': scenario(send('SSH-2.0-OpenSSH_9.9\r\n'), end),
  'headers without end': scenario(send(head('200 OK', { 'x-long': 'x'.repeat(20_000) })), end),
  'a chunk size that is none': scenario(
    send(inChunks, chunks(unfinished)),
    wait,
    send('zz\r\n'),
    end,
  ),
  'gzip that is none': scenario(
    send(head('200 OK', { ...eventStream, 'content-encoding': 'gzip', connection: 'close' })),
    send(...message),
    end,
  ),
  'bytes behind the last chunk': scenario(
    send(inChunks, chunks(message), lastChunk, 'and then some'),
    end,
  ),
} satisfies Record<string, Scenario>;
