import { gzipSync } from 'node:zlib';
import { chunks, eventStream, head, inChunks, lastChunk, ofLength, untilClosed } from '../http.ts';
import { message } from '../message.ts';
import { cutInto, end, type Scenario, scenario, send } from '../scenario.ts';

function streamed(...events: readonly string[]): Scenario {
  return scenario(send(inChunks, chunks(events), lastChunk));
}

function closing(...parts: readonly (string | Uint8Array)[]): Scenario {
  return scenario(send(untilClosed, ...parts), end);
}

const lf = message.join('');
const crlf = lf.replaceAll('\n', '\r\n');
const cr = lf.replaceAll('\n', '\r');

/** The event with its data over several lines, which the client joins again. */
function overLines(event: string): string {
  const [name = '', data = ''] = event.split('\n');
  const lines = JSON.stringify(JSON.parse(data.slice('data: '.length)), null, 1).split('\n');
  return [name, ...lines.map((line) => `data: ${line}`), '', ''].join('\n');
}

/** The sample message, unchanged, in every form that HTTP and server-sent events allow. */
export const framings = {
  plain: closing(lf),
  chunked: streamed(...message),
  'chunked, with extensions and a trailer': scenario(
    send(inChunks, chunks(message, ';name=value'), '0\r\nx-sum: 1\r\n\r\n'),
  ),
  'chunked, cut inside events': scenario(
    send(inChunks, chunks([lf.slice(0, 100), lf.slice(100, 777), lf.slice(777)]), lastChunk),
  ),
  'content-length': scenario(send(ofLength(Buffer.byteLength(lf)), lf)),
  gzip: scenario(
    send(
      head('200 OK', {
        ...eventStream,
        'content-encoding': 'gzip',
        'transfer-encoding': 'chunked',
      }),
      chunks([gzipSync(lf)]),
      lastChunk,
    ),
  ),
  'HTTP/1.0': scenario(
    send(
      'HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\nrequest-id: req_simulated\r\n\r\n',
      lf,
    ),
    end,
  ),
  'after early hints': scenario(
    send('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n', inChunks, chunks(message), lastChunk),
  ),
  'content type in capitals': scenario(
    send(
      head('200 OK', {
        'Content-Type': 'TEXT/EVENT-STREAM',
        'Request-Id': 'req_simulated',
        Connection: 'close',
      }),
      lf,
    ),
    end,
  ),
  CRLF: closing(crlf),
  'CR only': closing(cr),
  'CRLF, byte by byte': cutInto('single-bytes', closing(crlf)),
  'UTF-8, byte by byte': cutInto('single-bytes', closing(lf)),
  'chunked, byte by byte': cutInto('single-bytes', streamed(...message)),
  'byte order mark': closing('\ufeff', lf),
  'byte order mark, byte by byte': cutInto('single-bytes', closing('\ufeff', lf)),
  'comments and other fields': streamed(
    ': hello\n\n',
    'retry: 3000\nid: 7\n\n',
    ...message.map((event, at) => `: ${at}\nid: ${at}\n${event}:\n`),
  ),
  'no space after the colons': closing(lf.replaceAll(/^(event|data): /gm, '$1:')),
  'slow drip': cutInto('drip', streamed(...message)),
  'data over several lines': streamed(...message.map(overLines)),
} satisfies Record<string, Scenario>;
