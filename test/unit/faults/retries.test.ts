import assert from 'node:assert/strict';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { type FaultServer, startFaultServer } from '../../fakes/fault-server/fault-server.ts';
import { Random } from '../../fakes/fault-server/random.ts';
import { matrix, type Row } from './matrix.ts';
import { start } from './play.ts';
import { Progress } from './progress.ts';
import { within } from './within.ts';

/** As in `connect`: a server that asks for a longer wait isn't waited for. */
const policy = { maxRetries: 1, maxWaitMs: 60_000 };

describe('retries', () => {
  let server: FaultServer;
  before(async () => {
    server = await startFaultServer();
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  for (const [group, rows] of matrix) {
    // Where the text breaks off anywhere, none of it may have been shown; which, the seed decides.
    const certain = rows.filter(([, , expected]) => !expected.textMayBreakOff);
    it(`after ${group}: only where it may help, and never once something was shown`, async () => {
      const wrong = await Promise.all(certain.map((row) => retriesWrongly(server, row)));
      assert.deepEqual(
        wrong.filter((what) => what !== null),
        [],
      );
    });
  }
});

/** Says what is wrong with the retries of a row, or null. */
async function retriesWrongly(
  server: FaultServer,
  [name, scenario, expected]: Row,
): Promise<string | null> {
  const run = server.play(scenario, new Random(1));
  const stop = new AbortController();
  const progress = new Progress(expected);
  const types: ReplyEvent['type'][] = [];
  const reply = start(
    run,
    expected,
    {
      signal: stop.signal,
      emit: (event) => {
        types.push(event.type);
        progress.add(event);
        if (progress.isAllSeen) run.goOn();
      },
      onRetryNow: atOnce,
    },
    policy,
  );
  if (expected.stoppedByUser) void run.repeatedEnough.then(() => stop.abort());
  try {
    await within(2 * expected.deadlineMs, () => 'the outcome', reply);
  } catch (error) {
    stop.abort();
    return `${name}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const retries = types.filter((type) => type === 'retrying').length;
  const wasShown = expected.text !== '' || expected.thinking !== '';
  const wanted = expected.retryable && !wasShown ? 1 : 0;
  return retries === wanted ? null : `${name}: ${retries} instead of ${wanted}`;
}

/** The user doesn't want to wait. */
function atOnce(goOn: () => void): { dispose(): void } {
  const soon = setImmediate(goOn);
  return { dispose: () => clearImmediate(soon) };
}
