import assert from 'node:assert/strict';
import { atDepth } from '../../depth.ts';
import { type FaultServer, startFaultServer } from '../../fakes/fault-server/fault-server.ts';
import { matrix } from './matrix.ts';
import { play } from './play.ts';
import { UnhandledRejections } from './unhandled-rejections.ts';

/** Runs at the same time: enough to fill the waits, few enough not to cause stalls. */
const atOnce = 50;

describe('fault matrix', () => {
  const rejections = new UnhandledRejections();
  let server: FaultServer;
  before(async () => {
    rejections.watch();
    server = await startFaultServer();
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    rejections.dispose();
  });

  for (const [group, members] of matrix) {
    describe(group, () => {
      for (const [name, scenario, expected] of members) {
        const seeds = atDepth({
          quick: 1,
          normal: Math.ceil(expected.seeds / 5),
          long: expected.seeds,
        });
        it(`${name} × ${seeds}`, async () => {
          await eachSeed(seeds, (seed) => play(server, scenario, expected, seed));
          await rejections.none();
        });
      }
    });
  }

  describe('afterwards', () => {
    it('no connection is open in the middle of an answer', () => {
      const answering = server.connections.filter((connection) => connection.isAnswering);
      assert.equal(answering.length, 0);
    });

    it('no rejection was left unhandled', async () => {
      await rejections.none();
    });
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
  const message = error instanceof Error ? error.message : String(error);
  const others = failed.length - 1;
  throw new Error(`Seed ${seed}, and ${others} more of ${count}: ${message}`, { cause: error });
}
