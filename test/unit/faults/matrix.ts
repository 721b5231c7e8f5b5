import type { Scenario } from '../../fakes/fault-server/scenario.ts';
import { contents } from '../../fakes/fault-server/scenarios/contents.ts';
import { dialects } from '../../fakes/fault-server/scenarios/dialects.ts';
import { endings } from '../../fakes/fault-server/scenarios/endings.ts';
import {
  type ErrorPosition,
  errorAt,
  errorEvents,
  errorPositions,
  firstErrorEvents,
} from '../../fakes/fault-server/scenarios/error-events.ts';
import { framings } from '../../fakes/fault-server/scenarios/framings.ts';
import { large } from '../../fakes/fault-server/scenarios/large.ts';
import { malformed } from '../../fakes/fault-server/scenarios/malformed.ts';
import { notStreams } from '../../fakes/fault-server/scenarios/not-streams.ts';
import { redirectLoops } from '../../fakes/fault-server/scenarios/redirects.ts';
import { sockets } from '../../fakes/fault-server/scenarios/sockets.ts';
import { endless, stalls } from '../../fakes/fault-server/scenarios/stalls.ts';
import { statuses } from '../../fakes/fault-server/scenarios/statuses.ts';
import { truncations } from '../../fakes/fault-server/scenarios/truncations.ts';
import type { Expectation } from './expectation.ts';
import { contentsEnd } from './expected/contents.ts';
import { dialectsEnd } from './expected/dialects.ts';
import { endingsEnd } from './expected/endings.ts';
import {
  errorEventEnds,
  errorFailures,
  firstErrorFailures,
  type Told,
} from './expected/error-events.ts';
import { framingsEnd } from './expected/framings.ts';
import { largeEnd } from './expected/large.ts';
import { malformedEnd } from './expected/malformed.ts';
import { notStreamsEnd } from './expected/not-streams.ts';
import { redirectLoopsEnd } from './expected/redirects.ts';
import { socketsEnd } from './expected/sockets.ts';
import { endlessEnd, stallsEnd } from './expected/stalls.ts';
import { statusesEnd } from './expected/statuses.ts';
import { truncationsEnd } from './expected/truncations.ts';

export type Row = readonly [name: string, scenario: Scenario, expected: Expectation];

/** The compiler sees to it that each scenario has its expectation. */
function rows<Name extends string>(
  scenarios: Readonly<Record<Name, Scenario>>,
  expected: Readonly<Record<Name, Expectation>>,
): readonly Row[] {
  return names(scenarios).map((name) => [name, scenarios[name], expected[name]]);
}

function errorRows<Kind extends string>(
  position: ErrorPosition,
  events: Readonly<Record<Kind, string>>,
  failures: Readonly<Record<Kind, Told>>,
): readonly Row[] {
  return names(events).map((kind) => [
    kind,
    errorAt(position, events[kind]),
    errorEventEnds(position, failures[kind]),
  ]);
}

function names<Name extends string>(record: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(record) as Name[];
}

/** Every scenario with what must come of it. */
export const matrix: readonly (readonly [name: string, rows: readonly Row[]])[] = [
  ['a whole message', rows(framings, framingsEnd)],
  ['a whole message with other things', rows(contents, contentsEnd)],
  ['the message in another dialect', rows(dialects, dialectsEnd)],
  ['another ending', rows(endings, endingsEnd)],
  ['truncated', rows(truncations, truncationsEnd)],
  ['no stream', rows(notStreams, notStreamsEnd)],
  ['malformed', rows(malformed, malformedEnd)],
  ['a broken connection', rows(sockets, socketsEnd)],
  ...names(errorPositions).map(
    (position) =>
      [`an error event ${position}`, errorRows(position, errorEvents, errorFailures)] as const,
  ),
  [
    'an error event that only comes first',
    errorRows('as the first event', firstErrorEvents, firstErrorFailures),
  ],
  ['an error status', rows(statuses, statusesEnd)],
  ['a redirect', rows(redirectLoops, redirectLoopsEnd)],
  ['silence', rows(stalls, stallsEnd)],
  ['without end', rows(endless, endlessEnd)],
  ['large', rows(large, largeEnd)],
];
