import { errorBody, errorEvent, sse } from '../../messages-api/wire.ts';
import { chunks, inChunks } from '../http.ts';
import { close, delta, message, start, unfinished } from '../message.ts';
import { hold, type Scenario, scenario, send } from '../scenario.ts';

/** The words in the `error` events; without them in the kinds that carry none. */
export const errorWords = 'Something is wrong 🎉';

/** What an overloaded or otherwise ailing API says; each can come at any time. */
export const errorEvents = {
  overloaded_error: errorEvent('overloaded_error', errorWords),
  rate_limit_error: errorEvent('rate_limit_error', errorWords),
  api_error: errorEvent('api_error', errorWords),
  'a spend limit': spendLimit('enforced_spend_limit_reached'),
  'data that is no JSON': `event: error\ndata: ${errorWords}\n\n`,
} satisfies Record<string, string>;

/** What else it may say, before it begins. */
export const firstErrorEvents = {
  timeout_error: errorEvent('timeout_error', errorWords),
  authentication_error: errorEvent('authentication_error', errorWords),
  billing_error: errorEvent('billing_error', errorWords),
  permission_error: errorEvent('permission_error', errorWords),
  invalid_request_error: errorEvent('invalid_request_error', errorWords),
  'an unknown type': errorEvent('shiny_error', errorWords),
  'a contract spend limit': spendLimit('contract_spend_limit_reached'),
  'an error that is only words': sse('error', { type: 'error', error: errorWords }),
  'a message that is no text': sse('error', {
    type: 'error',
    error: { type: 'overloaded_error', message: { en: errorWords } },
  }),
  'null for data': 'event: error\ndata: null\n\n',
  'no data': 'event: error\n\n',
} satisfies Record<string, string>;

function spendLimit(code: string): string {
  return sse('error', errorBody('rate_limit_error', errorWords, code));
}

/** Where in the stream the event stands: what was sent before it. */
export const errorPositions = {
  'as the first event': [],
  'after message_start': [start],
  'after text': unfinished,
  'between message_delta and message_stop': [...unfinished, close, delta],
  'after message_stop': message,
} satisfies Record<string, readonly string[]>;

export type ErrorPosition = keyof typeof errorPositions;

/** The connection stays open behind the error: it's for the client to let go. */
export function errorAt(position: ErrorPosition, event: string): Scenario {
  return scenario(send(inChunks, chunks([...errorPositions[position], event])), hold);
}

/** Whether the reply had its stop reason before the error came. */
export function isAfterEnding(position: ErrorPosition): boolean {
  return errorPositions[position].some((event) => event === delta);
}
