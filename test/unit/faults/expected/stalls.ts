import type { Failure } from '../../../../src/core/claude/failure.ts';
import type { endless, stalls } from '../../../fakes/fault-server/scenarios/stalls.ts';
import {
  afterStart,
  afterText,
  broken,
  complete,
  type Expectation,
  firstUsage,
  shortIdle,
} from '../expectation.ts';

const stalled: Failure = { kind: 'stalled', idleMs: shortIdle.idleTimeoutMs };
const noHeaders: Partial<Expectation> = {
  headersTimeoutMs: 600,
  seeds: 20,
  fewerSeedsBecause: 'each run waits for the headers limit',
};

export const stallsEnd: Readonly<Record<keyof typeof stalls, Expectation>> = {
  'before the headers': broken({ kind: 'timeout' }, true, noHeaders),
  'in the headers': broken({ kind: 'timeout' }, true, noHeaders),
  'before the first byte': broken(stalled, false, shortIdle),
  'after message_start': broken(stalled, false, { ...afterStart, ...shortIdle }),
  'in mid-stream': broken(stalled, false, { ...afterText, ...shortIdle }),
  'in the middle of a chunk': broken(stalled, false, { ...afterText, ...shortIdle }),
  'in the body of an error': broken(
    { kind: 'server-error', status: 500, retryAfterMs: null },
    true,
    {
      ...shortIdle,
      seeds: 4,
      deadlineMs: 2500,
    },
  ),
};

export const endlessEnd: Readonly<Record<keyof typeof endless, Expectation>> = {
  'pings for ever': complete({
    outcomes: [{ kind: 'stopped' }],
    text: '',
    usage: firstUsage,
    stopReason: null,
    stoppedByUser: true,
    seeds: shortIdle.seeds,
    // The pings go on for longer than this, so each of them counts; a busy machine may delay some.
    idleTimeoutMs: 3000,
    fewerSeedsBecause: 'each run outlives the idle limit',
  }),
};
