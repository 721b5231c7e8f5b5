import {
  blockStart,
  blockStop,
  messageStart,
  ping,
  sse,
  textDelta,
  thinkingDelta,
} from '../../messages-api/wire.ts';
import { chunks, eventStream, head, inChunks, lastChunk, untilClosed, whole } from '../http.ts';
import {
  close,
  delta,
  deltas,
  ending,
  message,
  model,
  open,
  outputTokens,
  start,
  stop,
  text,
  unfinished,
  unstopped,
  usage,
  words,
} from '../message.ts';
import { end, hold, type Scenario, scenario, send } from '../scenario.ts';
import { thinking } from './contents.ts';

/*
 * The sample message as gateways, relays and other clouds send it. Seen in public bug reports of
 * LiteLLM, OpenRouter, CLIProxyAPI, cc-switch, kiro-gateway, new-api, sglang, Kimi and others.
 */

const lf = message.join('');
const unnamed = lf.replaceAll(/^event: .*\n/gm, '');
const json = { 'content-type': 'application/json', 'request-id': 'req_simulated' };

function streamed(...events: readonly string[]): Scenario {
  return scenario(send(inChunks, chunks(events), lastChunk));
}

/** The same bytes under another content type; null is none. */
function typed(contentType: string | null, body: string): Scenario {
  const { 'content-type': _, ...others } = eventStream;
  const type: Record<string, string> = contentType === null ? {} : { 'content-type': contentType };
  return scenario(send(head('200 OK', { ...others, ...type, connection: 'close' }), body), end);
}

const dataOf = (event: string): object => JSON.parse(event.slice(event.indexOf('data: ') + 6));
const event = (type: string, fields: object): string => sse(type, { type, ...fields });
const says = (fields: object): string => event('content_block_delta', fields);
const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

const figures = { ...usage, output_tokens: outputTokens };
const wholeMessage = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model,
  content: [{ type: 'text', text }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: figures,
};
/** What `message_start` says, with other fields. */
const startWith = (fields: object): string =>
  event('message_start', {
    message: { id: 'msg_1', type: 'message', role: 'assistant', model, content: [], ...fields },
  });

export const dialects = {
  'no content type': typed(null, lf),
  'another content type': typed('application/json', lf),
  'the content type of a page': typed('text/html', lf),
  'events without names': typed('text/event-stream', unnamed),
  'events without names, one a line': typed('text/event-stream', unnamed.replaceAll('\n\n', '\n')),
  'events without blank lines': typed('text/event-stream', lf.replaceAll('\n\n', '\n')),
  'events without types': streamed(
    ...message.map((one) => {
      const { type: _, ...fields } = dataOf(one) as { readonly type: string };
      return `${one.slice(0, one.indexOf('\n'))}\ndata: ${JSON.stringify(fields)}\n\n`;
    }),
  ),
  'neither names nor types': streamed(
    ...[start, open, ...deltas, delta].map((one) => {
      const { type: _, ...fields } = dataOf(one) as { readonly type: string };
      return data(fields);
    }),
    data({ type: 'message_stop' }),
  ),
  'two events in one': streamed(
    start,
    open,
    `data: ${deltas.map((one) => JSON.stringify(dataOf(one))).join('')}\n\n`,
    close,
    delta,
    stop,
  ),
  'JSON lines': typed(
    'application/x-ndjson',
    message.map((one) => `${JSON.stringify(dataOf(one))}\n`).join(''),
  ),
  'a list of events': typed('application/json', JSON.stringify(message.map(dataOf), null, 2)),
  'a list of events in one event': streamed(data(message.map(dataOf))),
  'a whole message as JSON': scenario(send(whole('200 OK', json, JSON.stringify(wholeMessage)))),
  'a whole message in a list': scenario(
    send(whole('200 OK', json, JSON.stringify([wholeMessage]))),
  ),
  'a whole message without a type': scenario(
    send(whole('200 OK', json, JSON.stringify({ ...wholeMessage, type: undefined }, null, 2))),
  ),
  'a whole message with plain content': scenario(
    send(whole('200 OK', json, JSON.stringify({ ...wholeMessage, content: text }))),
  ),
  'a whole message as JSON in a stream': streamed(data(wholeMessage)),
  'a whole message as JSON that says it is a stream': typed(
    'text/event-stream',
    JSON.stringify(wholeMessage),
  ),
  'the whole message again at the end': streamed(...unfinished, close, data(wholeMessage)),
  '[DONE] at the end': streamed(...message, 'data: [DONE]\n\n'),
  '[DONE] in between': streamed(...unfinished, 'data: [DONE]\n\n', close, delta, stop),
  '[DONE] instead of message_stop': streamed(...unstopped, 'event: done\ndata: [DONE]\n\n'),
  'empty events': streamed(...message.flatMap((one) => ['data:\n\n', 'event: \n\n', one])),
  'no message_start': streamed(...message.slice(1)),
  'message_start without a message': streamed(event('message_start', {}), ...message.slice(1)),
  'message_start without content': streamed(
    event('message_start', { message: { id: 'msg_1', model, usage } }),
    ...message.slice(1),
  ),
  'message_start with its fields outside': streamed(
    event('message_start', { id: 'msg_1', model, usage }),
    ...message.slice(1),
  ),
  'message_start after the block': streamed(ping(), open, start, ...deltas, close, delta, stop),
  'message_start after the text': streamed(open, ...deltas, start, close, delta, stop),
  'message_start many times': streamed(
    start,
    start,
    open,
    start,
    ...deltas,
    start,
    close,
    delta,
    stop,
  ),
  'text in message_start': streamed(
    startWith({ content: [{ type: 'text', text: words[0] }], usage }),
    open,
    ...deltas.slice(1),
    close,
    delta,
    stop,
  ),
  'the stop reason in message_start': streamed(
    startWith({ stop_reason: 'end_turn', usage: figures }),
    open,
    ...deltas,
    close,
    stop,
  ),
  'the stop reason in message_start, and no message_stop': streamed(
    startWith({ stop_reason: 'end_turn', usage: figures }),
    open,
    ...deltas,
    close,
  ),
  'the stop reason beside the delta': streamed(
    ...unfinished,
    close,
    event('message_delta', { stop_reason: 'end_turn', usage: figures }),
    stop,
  ),
  'the stop reason in message_stop': streamed(
    ...unfinished,
    close,
    event('message_stop', { message: { stop_reason: 'end_turn', usage: figures } }),
  ),
  'usage inside the delta': streamed(
    ...unfinished,
    close,
    event('message_delta', { delta: { stop_reason: 'end_turn', usage: figures } }),
    stop,
  ),
  'usage after the stop reason': streamed(
    ...unfinished,
    close,
    event('message_delta', { delta: { stop_reason: 'end_turn' } }),
    event('message_delta', { delta: { stop_reason: null }, usage: figures }),
    stop,
  ),
  'usage in Bedrock’s words': streamed(
    ...unfinished,
    close,
    event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: {} }),
    event('message_stop', {
      'amazon-bedrock-invocationMetrics': { inputTokenCount: 12, outputTokenCount: outputTokens },
    }),
  ),
  'usage in OpenAI’s words': streamed(
    startWith({ usage: { ...usage, input_tokens: 0 } }),
    ...unfinished.slice(1),
    close,
    event('message_delta', {
      delta: { stop_reason: 'end_turn' },
      usage: { prompt_tokens: 12, completion_tokens: outputTokens },
    }),
    stop,
  ),
  'usage as strings': streamed(
    startWith({ usage: { ...usage, input_tokens: '12', output_tokens: '1' } }),
    ...unfinished.slice(1),
    close,
    event('message_delta', {
      delta: { stop_reason: 'end_turn' },
      usage: { output_tokens: String(outputTokens) },
    }),
    stop,
  ),
  'usage that falls to nothing': streamed(
    ...unfinished,
    event('message_delta', { delta: {}, usage: figures }),
    close,
    event('message_delta', {
      delta: { stop_reason: 'end_turn' },
      usage: {
        input_tokens: 0,
        cache_read_input_tokens: null,
        cache_creation_input_tokens: 0,
        output_tokens: 0,
      },
    }),
    stop,
  ),
  'no usage at all': streamed(
    startWith({}),
    open,
    ...deltas,
    close,
    event('message_delta', { delta: { stop_reason: 'end_turn' } }),
    stop,
  ),
  'no content_block_start': streamed(start, ...deltas, close, delta, stop),
  'no content_block_stop': streamed(start, open, ...deltas, delta, stop),
  'content_block_start twice': streamed(start, open, open, ...deltas, close, close, delta, stop),
  'indices that nobody began': streamed(
    start,
    open,
    ...words.map((word) => textDelta(7, word)),
    blockStop(7),
    close,
    delta,
    stop,
  ),
  'indices that begin at 1': streamed(
    start,
    blockStart(1, 'text'),
    ...words.map((word) => textDelta(1, word)),
    blockStop(1),
    delta,
    stop,
  ),
  'indices as strings': streamed(...message.map((one) => one.replace('"index":0', '"index":"0"'))),
  'no indices': streamed(...message.map((one) => one.replace('"index":0,', ''))),
  'the same index for thinking and text': streamed(
    start,
    blockStart(0, 'thinking'),
    blockStart(0, 'text'),
    thinkingDelta(0, thinking),
    ...deltas,
    close,
    delta,
    stop,
  ),
  'thinking that has no end of its own': streamed(
    start,
    blockStart(0, 'thinking'),
    thinkingDelta(0, thinking),
    blockStart(1, 'text'),
    ...words.map((word) => textDelta(1, word)),
    delta,
    stop,
  ),
  'thinking and text in the block starts': streamed(
    start,
    event('content_block_start', { index: 0, content_block: { type: 'thinking', thinking } }),
    blockStop(0),
    event('content_block_start', { index: 1, content_block: { type: 'text', text } }),
    blockStop(1),
    delta,
    stop,
  ),
  'deltas without types': streamed(
    start,
    open,
    ...words.map((word) => says({ index: 0, delta: { text: word } })),
    close,
    delta,
    stop,
  ),
  'deltas that are only text': streamed(
    start,
    open,
    ...words.map((word) => says({ index: 0, delta: word })),
    close,
    delta,
    stop,
  ),
  'deltas without text in between': streamed(
    start,
    open,
    ...deltas.flatMap((one) => [
      one,
      says({ index: 0, delta: { type: 'text_delta' } }),
      says({ index: 0, delta: { type: 'text_delta', text: null } }),
      says({ index: 0, delta: null }),
    ]),
    close,
    delta,
    stop,
  ),
  'the stop reason before the text': streamed(start, open, delta, ...deltas, close, stop),
  'no message_stop, and an open connection': scenario(send(inChunks, chunks(unstopped)), hold),
  'comments and blank lines at the start': scenario(
    send(untilClosed, ': OPENROUTER PROCESSING\n\n\n\n', ...message),
    end,
  ),
  'a refusal as JSON': scenario(
    send(
      whole(
        '200 OK',
        json,
        JSON.stringify({
          ...wholeMessage,
          content: [],
          stop_reason: 'refusal',
          stop_details: { category: 'cyber', explanation: 'No.' },
        }),
      ),
    ),
  ),
  'a message_delta that ends it early': streamed(...unfinished, close, ending('max_tokens')),
  'names in capitals': typed(
    'text/event-stream',
    lf.replaceAll('event: ', 'EVENT: ').replaceAll('data: ', 'Data: '),
  ),
  'a message of numbers': streamed(
    messageStart(model, usage),
    open,
    says({ index: 0, delta: { type: 'text_delta', text: 42 } }),
    close,
    delta,
    stop,
  ),
} satisfies Record<string, Scenario>;
