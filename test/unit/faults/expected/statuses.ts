import type { Failure } from '../../../../src/core/claude/failure.ts';
import { model } from '../../../fakes/fault-server/message.ts';
import { type statuses, statusWords } from '../../../fakes/fault-server/scenarios/statuses.ts';
import { broken, type Expectation } from '../expectation.ts';

const detail = statusWords;
const invalid: Failure = { kind: 'invalid-request', detail };
const spendLimit: Failure = { kind: 'spend-limit', detail };

function limited(retryAfterMs: number | null): Failure {
  return { kind: 'rate-limited', retryAfterMs };
}

function serverError(status: number, retryAfterMs: number | null = null): Failure {
  return { kind: 'server-error', status, retryAfterMs };
}

export const statusesEnd: Readonly<Record<keyof typeof statuses, Expectation>> = {
  '302 to nowhere': broken({ kind: 'not-found' }, false),
  '400': broken(invalid, false),
  '400 with a body of another shape': broken(
    { kind: 'invalid-request', detail: 'HTTP 400' },
    false,
  ),
  '400 with a message that is no text': broken(
    { kind: 'invalid-request', detail: 'HTTP 400' },
    false,
  ),
  '401': broken({ kind: 'auth' }, false),
  '402': broken({ kind: 'billing', detail }, false),
  '402 with a spend limit': broken(spendLimit, false),
  '403': broken({ kind: 'permission', detail }, false),
  '403 with a page': broken({ kind: 'permission', detail: 'HTTP 403' }, false),
  '404 of the model': broken({ kind: 'model-not-found', model }, false),
  '404 of a page': broken({ kind: 'not-found' }, false),
  '408': broken({ kind: 'timeout' }, true),
  '409': broken(serverError(409), true),
  '413': broken({ kind: 'too-large' }, false),
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
  '500 with broken JSON': broken(serverError(500), true),
  '500 with null for a body': broken(serverError(500), true),
  '500 whose page breaks off': broken(serverError(500), true),
  '500 whose page never ends': broken(serverError(500), true),
  '500 with an empty body': broken(serverError(500), true),
  '501': broken(serverError(501), true),
  '502 with a page': broken(serverError(502), true),
  '503': broken(serverError(503), true),
  '504': broken(serverError(504), true),
  '503 with retry-after': broken(serverError(503, 7000), true),
  '999': broken(serverError(999), true),
  '529': broken({ kind: 'overloaded', retryAfterMs: null }, true),
  '529 with retry-after': broken({ kind: 'overloaded', retryAfterMs: 7000 }, true),
};
