import type { Failure } from '../../../../src/core/claude/failure.ts';
import {
  type ErrorPosition,
  type errorEvents,
  errorWords,
  type firstErrorEvents,
  isAfterEnding,
} from '../../../fakes/fault-server/scenarios/error-events.ts';
import { afterStart, afterText, broken, complete, type Expectation } from '../expectation.ts';

export type Told = readonly [failure: Failure, retryable: boolean];

const detail = errorWords;
const overloaded: Failure = { kind: 'overloaded', retryAfterMs: null, detail };
const serverError: Failure = { kind: 'server-error', status: null, retryAfterMs: null, detail };
const wordless: Failure = { kind: 'server-error', status: null, retryAfterMs: null };

/** Once a server has begun to answer, only its word that it is busy allows to ask again. */
export const errorFailures: Readonly<Record<keyof typeof errorEvents, Told>> = {
  overloaded_error: [overloaded, true],
  rate_limit_error: [{ kind: 'rate-limited', retryAfterMs: null, detail }, true],
  api_error: [serverError, false],
  'a spend limit': [{ kind: 'spend-limit', detail }, false],
  'data that is no JSON': [serverError, false],
};

export const firstErrorFailures: Readonly<Record<keyof typeof firstErrorEvents, Told>> = {
  timeout_error: [{ kind: 'timeout', detail }, false],
  authentication_error: [{ kind: 'auth', detail }, false],
  billing_error: [{ kind: 'billing', detail }, false],
  permission_error: [{ kind: 'permission', detail }, false],
  invalid_request_error: [{ kind: 'invalid-request', detail }, false],
  'an unknown type': [serverError, false],
  'a contract spend limit': [{ kind: 'spend-limit', detail }, false],
  'an error that is only words': [serverError, false],
  'a message that is no text': [overloaded, true],
  'null for data': [wordless, false],
  'no data': [wordless, false],
};

const shownBefore: Readonly<Record<ErrorPosition, Partial<Expectation>>> = {
  'as the first event': {},
  'after message_start': afterStart,
  'after text': afterText,
  'between message_delta and message_stop': afterText,
  'after message_stop': afterText,
};

/** Once the stop reason was seen the message is whole, and an error behind it changes nothing. */
export function errorEventEnds(position: ErrorPosition, [failure, retryable]: Told): Expectation {
  if (isAfterEnding(position)) return complete();
  return broken(failure, retryable, shownBefore[position]);
}
