import type { Failure } from '../../../../src/core/claude/failure.ts';
import {
  type ErrorKind,
  type ErrorPosition,
  errorWords,
  isAfterEnding,
} from '../../../fakes/fault-server/scenarios/error-events.ts';
import { afterStart, afterText, broken, complete, type Expectation } from '../expectation.ts';

const detail = errorWords;
const failures: Readonly<Record<ErrorKind, readonly [failure: Failure, retryable: boolean]>> = {
  overloaded_error: [{ kind: 'overloaded' }, true],
  rate_limit_error: [{ kind: 'rate-limited', retryAfterMs: null }, true],
  api_error: [{ kind: 'server-error', status: null }, true],
  timeout_error: [{ kind: 'timeout' }, true],
  authentication_error: [{ kind: 'auth' }, false],
  billing_error: [{ kind: 'billing', detail }, false],
  permission_error: [{ kind: 'permission', detail }, false],
  invalid_request_error: [{ kind: 'invalid-request', detail }, false],
  'an unknown type': [{ kind: 'server-error', status: null }, false],
  'a spend limit': [{ kind: 'spend-limit', detail }, false],
  'a contract spend limit': [{ kind: 'spend-limit', detail }, false],
  'data that is no JSON': [{ kind: 'server-error', status: null }, false],
  'no data': [{ kind: 'server-error', status: null }, false],
};

const shownBefore: Readonly<Record<ErrorPosition, Partial<Expectation>>> = {
  'as the first event': {},
  'after message_start': afterStart,
  'after text': afterText,
  'after the block': afterText,
  'between message_delta and message_stop': afterText,
  'after message_stop': afterText,
};

/** Once the stop reason was seen the message is whole, and an error behind it changes nothing. */
export function errorEventEnds(position: ErrorPosition, kind: ErrorKind): Expectation {
  if (isAfterEnding(position)) return complete();
  const [failure, retryable] = failures[kind];
  return broken(failure, retryable, shownBefore[position]);
}
