/**
 * The one test command. `npm test` runs all stages, `npm test -- NAME…` some of them or single test files
 * (see stages.ts), `--quick` the inner loop and `--long` all at full depth. Each stage runs even if one
 * before it failed. At the end stand the tests that failed, and how many were run.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { depthVariable } from './depth.ts';
import { canary } from './fakes/canary-key.ts';
import { Pieces } from './run/pieces.ts';
import { schedule } from './run/schedule.ts';
import { choose, type Need, quickStages, type Stage, stages } from './run/stages.ts';
import { ensureBrowser } from './vscode/ensure-browser.ts';
import { ensureHost } from './vscode/ensure-host.ts';

/** More processes than these take as long, and waits in them run out. */
const cores = 2;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, long: { type: 'boolean' } },
});
if (values.quick === true) process.env[depthVariable] = 'quick';
if (values.long === true) process.env[depthVariable] = 'long';
const names = positionals.length === 0 && values.quick === true ? quickStages : positionals;
const chosen = names.length === 0 ? stages : choose(names);

let passed = 0;
let failed = 0;
const broken: string[] = [];
/** Lines about failed tests, to be read again at the end. */
const failures: string[] = [];
const pieces = new Pieces();

/** An install mostly waits for the network, so it begins before it is needed. */
const preparing: Readonly<Record<Exclude<Need, 'build'>, Promise<Error | null>>> = {
  browser: prepare('browser', ensureBrowser),
  host: prepare('host', ensureHost),
};
const build = Promise.withResolvers<Error | null>();
const started = performance.now();

await schedule(chosen, cores, ready, async (stage) => {
  const problem = await firstProblem(stage);
  const isSound = problem === null ? await run(stage) : cannotRun(stage, problem);
  if (!isSound) broken.push(stage.name);
  if (stage.name === 'build') {
    build.resolve(isSound ? null : new Error('The build failed.'));
  }
});

console.log(`\n=== all: ${secondsSince(started)} s`);
if (broken.length > 0) {
  console.log(`\nFailed: ${broken.join(', ')}\n${failures.join('\n')}`.trimEnd());
  // A stage that fails without a count, such as lint, is a failure too.
  failed = Math.max(failed, broken.length);
  process.exitCode = 1;
}
console.log(`\n${passed} passed, ${failed} failed`);

function prepare(need: Need, ensure: () => Promise<unknown>): Promise<Error | null> {
  if (!chosen.some(({ needs }) => needs.includes(need))) return Promise.resolve(null);
  return ensure().then(
    () => null,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
}

async function ready(stage: Stage): Promise<void> {
  await firstProblem(stage);
}

/** Waits for all that a stage needs; gives why it can't run, or null. */
async function firstProblem({ needs }: Stage): Promise<Error | null> {
  const found = await Promise.all(
    needs.map((need) => (need === 'build' ? build.promise : preparing[need])),
  );
  return found.find((problem) => problem !== null) ?? null;
}

function cannotRun({ name }: Stage, { message }: Error): boolean {
  const piece = pieces.begin();
  piece.say(`\n=== ${name}: can't run\n${message}`);
  piece.end();
  return false;
}

/** Runs a stage to its end, and says whether it is sound. */
async function run({ name, command, counts: hasTests }: Stage): Promise<boolean> {
  const piece = pieces.begin();
  const begun = performance.now();
  piece.say(`\n=== ${name}`);
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let counts = { passed: 0, failed: 0 };
  let printedKey = false;
  const read = async (stream: NodeJS.ReadableStream): Promise<void> => {
    for await (const line of createInterface({ input: stream })) {
      if (line.includes(canary)) printedKey = true;
      // Told apart from the last line of all, which alone stands without a word before it.
      const [, passes, fails] = /^(?:\w+: )?(\d+) passed, (\d+) failed$/.exec(line) ?? [];
      if (passes !== undefined) counts = { passed: Number(passes), failed: Number(fails) };
      else piece.say(line);
      if (/^\s*(?:failed|picture): /.test(line)) failures.push(`  ${name}: ${line.trim()}`);
    }
  };
  const [exitCode] = (await Promise.all([closed, read(child.stdout), read(child.stderr)]))[0];
  if (printedKey) {
    piece.say('The API key of the tests was printed.');
    failures.push(`  ${name}: the API key of the tests was printed`);
  }
  piece.say(`=== ${name}: ${secondsSince(begun)} s`);
  piece.end();
  passed += counts.passed;
  failed += counts.failed;
  // A stage of tests that ran none has failed, whatever its exit code says.
  return exitCode === 0 && !printedKey && (!hasTests || counts.passed > 0);
}

function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}
