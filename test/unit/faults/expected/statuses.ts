import type { Failure } from '../../../../src/core/claude/failure.ts';
import { model } from '../../../fakes/fault-server/message.ts';
import { type statuses, statusWords } from '../../../fakes/fault-server/scenarios/statuses.ts';
import { broken, type Expectation } from '../expectation.ts';

const detail = statusWords;
const invalid: Failure = { kind: 'invalid-request', detail };
const spendLimit: Failure = { kind: 'spend-limit', detail };

function limited(retryAfterMs: number | null): Failure {
  return { kind: 'rate-limited', retryAfterMs, detail };
}

/** With the words of the API, unless it said others or none. */
function serverError(
  status: number,
  retryAfterMs: number | null = null,
  words: string | null = detail,
): Failure {
  const said = words === null ? {} : { detail: words };
  return { kind: 'server-error', status, retryAfterMs, ...said };
}

/** As much of a page as is shown. */
const longPage = `${'and on '.repeat(100).slice(0, 600).trimEnd()}…`;

export const statusesEnd: Readonly<Record<keyof typeof statuses, Expectation>> = {
  '302 to nowhere': broken({ kind: 'not-found' }, false),
  '400': broken(invalid, false),
  '400 with a body of another shape': broken({ kind: 'invalid-request', detail: 'no' }, false),
  '400 with a message that is no text': broken({ kind: 'invalid-request', detail: 'no' }, false),
  '401': broken({ kind: 'auth', detail }, false),
  '402': broken({ kind: 'billing', detail }, false),
  '402 with a spend limit': broken(spendLimit, false),
  '403': broken({ kind: 'permission', detail }, false),
  '403 with a page': broken({ kind: 'blocked', detail: 'Blocked by your company' }, false),
  '404 of the model': broken({ kind: 'model-not-found', model, detail }, false),
  '404 of a page': broken({ kind: 'not-found', detail: 'Nothing here' }, false),
  '408': broken({ kind: 'timeout', detail }, true),
  '409': broken(serverError(409), true),
  '413': broken({ kind: 'too-large', detail }, false),
  '422': broken(invalid, false),
  '429': broken(limited(null), true),
  '429 with retry-after': broken(limited(7000), true),
  '429 with retry-after: 3600': broken(limited(3_600_000), false),
  '429 with x-should-retry: false': broken(limited(null), false),
  '429 with a spend limit': broken(spendLimit, false),
  '429 with a contract spend limit': broken(spendLimit, false),
  '431': broken(invalid, false),
  '499': broken(invalid, false),
  '500': broken(serverError(500), true),
  '500 with broken JSON': broken(serverError(500, null, null), true),
  '500 with null for a body': broken(serverError(500, null, null), true),
  '500 whose page breaks off': broken(serverError(500, null, 'Oh'), true),
  '500 whose page never ends': broken(serverError(500, null, longPage), true),
  '500 with an empty body': broken(serverError(500, null, null), true),
  '501': broken(serverError(501), true),
  '502 with a page': broken(serverError(502, null, 'Bad gateway'), true),
  '503': broken(serverError(503), true),
  '504': broken(serverError(504), true),
  '503 with retry-after': broken(serverError(503, 7000), true),
  '999': broken(serverError(999), true),
  '529': broken({ kind: 'overloaded', retryAfterMs: null, detail }, true),
  '529 with retry-after': broken({ kind: 'overloaded', retryAfterMs: 7000, detail }, true),
};
