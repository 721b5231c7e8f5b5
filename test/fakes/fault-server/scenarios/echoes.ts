import { errorBody, errorEvent, messageStart } from '../../messages-api/wire.ts';
import { chunks, eventStream, head, html, inChunks, json, lastChunk, whole } from '../http.ts';
import { ending, message, open, usage } from '../message.ts';
import { answering, type Scenario, send } from '../scenario.ts';

/** Answers with what a proxy or a debugging server might: the request's own headers, the key among them. */
export const echoes = {
  'in the message of a 400': answering(({ headers }) => [
    send(json('400 Bad Request', errorBody('invalid_request_error', said(headers)))),
  ]),
  'in the message of a 403': answering(({ headers }) => [
    send(json('403 Forbidden', errorBody('permission_error', said(headers)))),
  ]),
  'in the page of a 502': answering(({ headers }) => [
    send(html('502 Bad Gateway', `<pre>${said(headers)}</pre>`)),
  ]),
  'in a page with status 200': answering(({ headers }) => [
    send(html('200 OK', `<pre>${said(headers)}</pre>`)),
  ]),
  'in the content type': answering(({ headers }) => [
    send(whole('200 OK', { 'content-type': `text/${key(headers)}` }, 'hello')),
  ]),
  'in the request id of a 400': answering(({ headers }) => [
    send(
      json('400 Bad Request', errorBody('invalid_request_error', 'no'), {
        'request-id': `req_${key(headers)}`,
      }),
    ),
  ]),
  'in an error event': answering(({ headers }) => [
    send(inChunks, chunks([errorEvent('invalid_request_error', said(headers))]), lastChunk),
  ]),
  'in all that is no text of a whole message': answering(({ headers }) => [
    send(
      head('200 OK', {
        ...eventStream,
        'request-id': `req_${key(headers)}`,
        'transfer-encoding': 'chunked',
      }),
      chunks([
        messageStart(`claude-${key(headers)}`, usage),
        open,
        ending('refusal', { category: key(headers), explanation: said(headers) }),
        ...message.slice(-1),
      ]),
      lastChunk,
    ),
  ]),
} satisfies Record<string, Scenario>;

type SeenHeaders = ReadonlyMap<string, string>;

function said(headers: SeenHeaders): string {
  return [...headers].map(([name, value]) => `${name}: ${value}`).join('; ');
}

function key(headers: SeenHeaders): string {
  return headers.get('authorization')?.replace('Bearer ', '') ?? '';
}
