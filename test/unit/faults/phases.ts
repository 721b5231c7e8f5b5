import { chunks, inChunks } from '../../fakes/fault-server/http.ts';
import { open, start } from '../../fakes/fault-server/message.ts';
import type { Run } from '../../fakes/fault-server/run.ts';
import { hold, repeat, type Scenario, scenario, send } from '../../fakes/fault-server/scenario.ts';
import { stalls } from '../../fakes/fault-server/scenarios/stalls.ts';
import { blockStart, ping, textDelta, thinkingDelta } from '../../fakes/messages-api/wire.ts';
import type { RunningReply } from './running-reply.ts';

/** A moment in a reply's life at which the user may stop it. */
export interface Phase {
  readonly scenario: Scenario;
  /** Settles when the reply is in the phase. */
  readonly reached: (run: Run, reply: RunningReply) => Promise<unknown>;
}

const oneDelta = Buffer.from(chunks([textDelta(0, 'word ')])).toString();
const manyDeltas = Buffer.from(chunks([textDelta(0, 'word ').repeat(200)])).toString();

/** A stream that falls silent after these events. */
export function streamed(...events: readonly string[]): Scenario {
  return scenario(send(inChunks, chunks(events)), hold);
}

/** Many deltas at a time, faster than a reply can show them. */
export const flood = scenario(send(inChunks, chunks([start, open])), repeat(manyDeltas, 0, 10));

export const phases: Readonly<Record<string, Phase>> = {
  'waiting for the headers': { scenario: scenario(hold), reached: (run) => run.holding },
  'inside the headers': {
    scenario: scenario(send(inChunks.slice(0, -20)), hold),
    reached: (run) => run.holding,
  },
  'before the first byte': {
    scenario: scenario(send(inChunks), hold),
    reached: (_, reply) => reply.saw('connected'),
  },
  'after message_start': {
    scenario: streamed(start, ping()),
    reached: (_, reply) => reply.saw('usage'),
  },
  'while it thinks': {
    scenario: streamed(start, blockStart(0, 'thinking'), thinkingDelta(0, 'hm')),
    reached: (_, reply) => reply.saw('thinking'),
  },
  'while it pings': {
    scenario: scenario(
      send(inChunks, chunks([start])),
      repeat(Buffer.from(chunks([ping()])).toString(), 1, 10),
    ),
    reached: (run) => run.repeatedEnough,
  },
  'while it streams': {
    scenario: scenario(send(inChunks, chunks([start, open])), repeat(oneDelta, 0, 10)),
    reached: (run) => run.repeatedEnough,
  },
  'in a flood': {
    scenario: flood,
    reached: (run) => run.repeatedEnough,
  },
  'when it has stalled': {
    scenario: stalls['in mid-stream'],
    reached: (run, reply) => Promise.all([run.holding, reply.saw('text')]),
  },
  'in the body of an error': {
    scenario: stalls['in the body of an error'],
    reached: (run) => run.holding,
  },
};
