/**
 * The one test command: `npm test`, or `npm test -- unit e2e` for some of its stages. Each stage runs
 * even if one before it failed; the last line counts what was tested. What needs no VS Code runs two
 * at a time, each stage's output in one piece.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { canary } from './fakes/canary-key.ts';

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** True where the stage is tests, whose counts its last `N passed, N failed` tells. */
  readonly counts: boolean;
}

const node = process.execPath;
/** More than one on a core take as long, and waits in them run out. */
const atOnce = 2;
/** One group after the other. The long stages come first, so that none is left to run alone. */
const groups: readonly (readonly Stage[])[] = [
  [
    {
      name: 'lint',
      command: ['node_modules/.bin/biome', 'ci', '--error-on-warnings', '.'],
      counts: false,
    },
  ],
  [{ name: 'types', command: ['node_modules/.bin/tsc', '-b'], counts: false }],
  [{ name: 'build', command: [node, 'esbuild.js'], counts: false }],
  [
    {
      name: 'browser',
      command: [
        node,
        'test/mocha.ts',
        ...['code', 'markdown', 'panel', 'usage', 'vscode'].map((part) => `test/browser/${part}`),
      ],
      counts: true,
    },
    { name: 'unit', command: [node, 'test/mocha.ts', 'test/unit'], counts: true },
    { name: 'safety', command: [node, 'test/mocha.ts', 'test/browser/safety'], counts: true },
  ],
  [{ name: 'integration', command: [node, 'test/run-integration.ts'], counts: true }],
  [{ name: 'e2e', command: [node, 'test/run-e2e.ts'], counts: true }],
  [{ name: 'package', command: [node, 'test/mocha.ts', 'test/package'], counts: true }],
];
const stages = groups.flat();

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
for (const group of groups) {
  const waiting = group.filter(({ name }) => asked.length === 0 || asked.includes(name)).entries();
  const runThrough = async (): Promise<void> => {
    for (const [index, stage] of waiting) {
      report(stage, await run(stage, index === 0 ? 'at once' : 'when it is done'));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runThrough));
}
if (broken.length > 0) {
  console.log(`\nFailed: ${broken.join(', ')}`);
  // A stage that fails without a count, such as lint, is a failure too.
  failed = Math.max(failed, broken.length);
  process.exitCode = 1;
}
console.log(`\n${passed} passed, ${failed} failed`);

interface Ran {
  readonly code: number;
  readonly counts: Counts;
}

function report(stage: Stage, { code, counts }: Ran): void {
  passed += counts.passed;
  failed += counts.failed;
  // A stage of tests that ran none has failed, whatever its exit code says.
  if (code !== 0 || (stage.counts && counts.passed === 0)) broken.push(stage.name);
}

async function run({ name, command }: Stage, print: 'at once' | 'when it is done'): Promise<Ran> {
  const lines: string[] = [];
  const show = (line: string): void => {
    if (print === 'at once') console.log(line);
    else lines.push(line);
  };
  const started = performance.now();
  show(`\n=== ${name}`);
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let counts: Counts = { passed: 0, failed: 0 };
  let printedKey = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const [, passes, failures] = /^(?:\w+: )?(\d+) passed, (\d+) failed$/.exec(line) ?? [];
    // Told apart from the last line of all, which alone stands without a word before it.
    if (line.includes(canary)) printedKey = true;
    if (passes === undefined) show(line);
    else counts = { passed: Number(passes), failed: Number(failures) };
  }
  const [exitCode] = await closed;
  if (printedKey) show('The API key of the tests was printed.');
  show(`=== ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  for (const line of lines) console.log(line);
  return { code: printedKey ? 1 : Number(exitCode ?? 1), counts };
}
