import { sse } from '../../messages-api/wire.ts';
import { chunks, eventStream, head, html, json, lastChunk, untilClosed, whole } from '../http.ts';
import { message, unfinished } from '../message.ts';
import { end, hold, reset, type Scenario, scenario, send } from '../scenario.ts';

const lf = message.join('');
const portal = '<!doctype html><h1>Sign in to the hotel</h1>';

/** Status 200, and yet no stream of a message. */
export const notStreams = {
  'HTML with status 200': scenario(send(html('200 OK', portal))),
  'HTML with status 200 that never ends': scenario(
    send(head('200 OK', { 'content-type': 'text/html', 'transfer-encoding': 'chunked' })),
    send(chunks([portal])),
    hold,
  ),
  'HTML with status 200, then a reset': scenario(
    send(head('200 OK', { 'content-type': 'text/html', 'transfer-encoding': 'chunked' })),
    send(chunks([portal])),
    reset,
  ),
  'JSON with status 200': scenario(send(json('200 OK', { hello: 'world' }))),
  'no content type': scenario(
    send(head('200 OK', { 'request-id': 'req_simulated', 'transfer-encoding': 'chunked' })),
    send(chunks(message), lastChunk),
  ),
  'an empty body': scenario(send(whole('200 OK', eventStream, ''))),
  'an empty body without a length': scenario(send(untilClosed), end),
  'status 204': scenario(send(head('204 No Content', eventStream))),
  'events without names': scenario(send(untilClosed, lf.replaceAll(/^event: .*\n/gm, '')), end),
  'nothing but pings and comments': scenario(
    send(untilClosed, ': hello\n\n', 'event: ping\ndata: {"type": "ping"}\n\n'),
    end,
  ),
  'message_start without a message': scenario(
    send(untilClosed, sse('message_start', { type: 'message_start' }), ...message.slice(1)),
    end,
  ),
  'no message_start': scenario(send(untilClosed, ...message.slice(1)), end),
  'no message_start, and never an end': scenario(send(untilClosed, ...unfinished.slice(1)), hold),
} satisfies Record<string, Scenario>;
