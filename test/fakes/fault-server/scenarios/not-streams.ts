import { chunks, eventStream, head, html, json, untilClosed, whole } from '../http.ts';
import { end, hold, reset, type Scenario, scenario, send } from '../scenario.ts';

/** What stands in the place of a reply. */
export const portal = '<!doctype html><h1>Sign in to the hotel</h1>';

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
  'text with status 200': scenario(
    send(whole('200 OK', { 'content-type': 'text/plain' }, 'no healthy upstream')),
  ),
  'nothing that can be read': scenario(send(untilClosed, 'data: hello there\n\n'), end),
  'an empty body': scenario(send(whole('200 OK', eventStream, ''))),
  'an empty body without a length': scenario(send(untilClosed), end),
  'status 204': scenario(send(head('204 No Content', eventStream))),
  'nothing but pings and comments': scenario(
    send(untilClosed, ': hello\n\n', 'event: ping\ndata: {"type": "ping"}\n\n'),
    end,
  ),
} satisfies Record<string, Scenario>;
