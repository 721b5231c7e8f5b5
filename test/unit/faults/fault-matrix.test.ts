import assert from 'node:assert/strict';
import { type FaultServer, startFaultServer } from '../../fakes/fault-server/fault-server.ts';
import type { Scenario } from '../../fakes/fault-server/scenario.ts';
import { endings } from '../../fakes/fault-server/scenarios/endings.ts';
import {
  type ErrorKind,
  type ErrorPosition,
  errorAt,
  errorEvents,
  errorPositions,
} from '../../fakes/fault-server/scenarios/error-events.ts';
import { large } from '../../fakes/fault-server/scenarios/large.ts';
import { malformed } from '../../fakes/fault-server/scenarios/malformed.ts';
import { notStreams } from '../../fakes/fault-server/scenarios/not-streams.ts';
import { redirectLoops } from '../../fakes/fault-server/scenarios/redirects.ts';
import { sockets } from '../../fakes/fault-server/scenarios/sockets.ts';
import { endless, stalls } from '../../fakes/fault-server/scenarios/stalls.ts';
import { statuses } from '../../fakes/fault-server/scenarios/statuses.ts';
import { truncations } from '../../fakes/fault-server/scenarios/truncations.ts';
import { wholeMessages } from '../../fakes/fault-server/scenarios/whole.ts';
import type { Expectation } from './expectation.ts';
import { endingsEnd } from './expected/endings.ts';
import { errorEventEnds } from './expected/error-events.ts';
import { largeEnd } from './expected/large.ts';
import { malformedEnd } from './expected/malformed.ts';
import { notStreamsEnd } from './expected/not-streams.ts';
import { redirectLoopsEnd } from './expected/redirects.ts';
import { socketsEnd } from './expected/sockets.ts';
import { endlessEnd, stallsEnd } from './expected/stalls.ts';
import { statusesEnd } from './expected/statuses.ts';
import { truncationsEnd } from './expected/truncations.ts';
import { wholeMessagesEnd } from './expected/whole.ts';
import { play } from './play.ts';

type Row = readonly [name: string, scenario: Scenario, expected: Expectation];

/** The compiler sees to it that each scenario has its expectation. */
function rows<Name extends string>(
  scenarios: Readonly<Record<Name, Scenario>>,
  expected: Readonly<Record<Name, Expectation>>,
): readonly Row[] {
  return names(scenarios).map((name) => [name, scenarios[name], expected[name]]);
}

function errorRows(position: ErrorPosition): readonly Row[] {
  return names(errorEvents).map((kind: ErrorKind) => [
    kind,
    errorAt(position, kind),
    errorEventEnds(position, kind),
  ]);
}

function names<Name extends string>(record: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(record) as Name[];
}

const groups: readonly (readonly [name: string, rows: readonly Row[]])[] = [
  ['a whole message', rows(wholeMessages, wholeMessagesEnd)],
  ['another ending', rows(endings, endingsEnd)],
  ['truncated', rows(truncations, truncationsEnd)],
  ['no stream', rows(notStreams, notStreamsEnd)],
  ['malformed', rows(malformed, malformedEnd)],
  ['a broken connection', rows(sockets, socketsEnd)],
  ...names(errorPositions).map(
    (position) => [`an error event ${position}`, errorRows(position)] as const,
  ),
  ['an error status', rows(statuses, statusesEnd)],
  ['a redirect', rows(redirectLoops, redirectLoopsEnd)],
  ['silence', rows(stalls, stallsEnd)],
  ['without end', rows(endless, endlessEnd)],
  ['large', rows(large, largeEnd)],
];

/** Runs at the same time: enough to fill the waits, few enough not to cause stalls. */
const atOnce = 16;

describe('fault matrix', () => {
  let server: FaultServer;
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };
  before(async () => {
    process.on('unhandledRejection', note);
    server = await startFaultServer();
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await server[Symbol.asyncDispose]();
  });
  afterEach(() => {
    assert.deepEqual(unhandled.splice(0), [], 'unhandled rejections');
  });

  for (const [group, members] of groups) {
    describe(group, () => {
      for (const [name, scenario, expected] of members) {
        it(`${name} × ${expected.seeds}`, async () => {
          await eachSeed(expected.seeds, (seed) => play(server, scenario, expected, seed));
        });
      }
    });
  }

  it('leaves no connection open in the middle of an answer', () => {
    assert.deepEqual(
      server.connections.filter((connection) => connection.isAnswering),
      [],
    );
  });
});

/** Tries every seed and then fails with the first that failed, told with how many did. */
async function eachSeed(count: number, run: (seed: number) => Promise<void>): Promise<void> {
  const failed: { readonly seed: number; readonly error: unknown }[] = [];
  let next = 1;
  const worker = async (): Promise<void> => {
    while (next <= count) {
      const seed = next++;
      try {
        await run(seed);
      } catch (error) {
        failed.push({ seed, error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  const [first] = failed;
  if (first === undefined) return;
  const { error, seed } = first;
  const words = `seed ${seed}, and ${failed.length - 1} other seeds of ${count}`;
  if (error instanceof Error) error.message = `${words}: ${error.message}`;
  throw error;
}
