/**
 * The one test command: `npm test`, or `npm test -- unit e2e` for some of its stages. Each stage runs
 * even if one before it failed; the last line counts what was tested.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { canary } from './fakes/canary-key.ts';

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** True where the stage is tests, whose counts its last `N passed, N failed` tells. */
  readonly counts: boolean;
}

const stages: readonly Stage[] = [
  {
    name: 'lint',
    command: ['node_modules/.bin/biome', 'ci', '--error-on-warnings', '.'],
    counts: false,
  },
  { name: 'types', command: ['node_modules/.bin/tsc', '-b'], counts: false },
  { name: 'build', command: [process.execPath, 'esbuild.js'], counts: false },
  { name: 'unit', command: [process.execPath, 'test/mocha.ts', 'test/unit'], counts: true },
  { name: 'browser', command: [process.execPath, 'test/mocha.ts', 'test/browser'], counts: true },
  { name: 'integration', command: [process.execPath, 'test/run-integration.ts'], counts: true },
  { name: 'e2e', command: [process.execPath, 'test/mocha.ts', 'test/e2e'], counts: true },
  { name: 'package', command: [process.execPath, 'test/mocha.ts', 'test/package'], counts: true },
];

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) throw new Error(`There is no stage ${unknown.join(', ')}.`);

let passed = 0;
let failed = 0;
const broken: string[] = [];
for (const stage of stages) {
  if (asked.length > 0 && !asked.includes(stage.name)) continue;
  const started = performance.now();
  console.log(`\n=== ${stage.name}`);
  const { code, counts } = await run(stage);
  passed += counts.passed;
  failed += counts.failed;
  // A stage of tests that ran none has failed, whatever its exit code says.
  if (code !== 0 || (stage.counts && counts.passed === 0)) broken.push(stage.name);
  console.log(`=== ${stage.name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
if (broken.length > 0) {
  console.log(`\nFailed: ${broken.join(', ')}`);
  // A stage that fails without a count, such as lint, is a failure too.
  failed = Math.max(failed, broken.length);
  process.exitCode = 1;
}
console.log(`\n${passed} passed, ${failed} failed`);

async function run({ command }: Stage): Promise<{ code: number; counts: Counts }> {
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  let counts: Counts = { passed: 0, failed: 0 };
  let printedKey = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const [, passes, failures] = /^(?:\w+: )?(\d+) passed, (\d+) failed$/.exec(line) ?? [];
    // Told apart from the last line of all, which alone stands without a word before it.
    if (line.includes(canary)) printedKey = true;
    if (passes === undefined) console.log(line);
    else counts = { passed: Number(passes), failed: Number(failures) };
  }
  const code =
    child.exitCode ?? (await new Promise<number>((resolve) => child.on('close', resolve)));
  if (!printedKey) return { code, counts };
  console.log('The API key of the tests was printed.');
  return { code: 1, counts };
}
