/**
 * Runs the end-to-end tests in two processes side by side: a session waits more than it works. The
 * files of a process share a VS Code window as far as they can. On a busy machine a wait may run out
 * that wouldn't otherwise, so a file that fails is run once more, alone and with a trace, and that is
 * printed; alone it has to pass.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { traceVariable } from './vscode/browser-trace.ts';
import { ensureBrowser } from './vscode/ensure-browser.ts';
import { ensureHost } from './vscode/ensure-host.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const folder = 'test/e2e';

/** These need a window of another kind, so they come last: each has to open one of its own. */
const ownWindow = [
  'api-key',
  'full-disk',
  'hostile-workspace',
  'installed',
  'restricted-mode',
  'virtual-workspace',
  'walkthrough',
  'web',
].map((name) => `${name}.test.ts`);

// Before there are several that would each install them.
await ensureHost();
await ensureBrowser();

const files = globSync(`${folder}/*.test.ts`)
  .map((path) => basename(path))
  .sort((a, b) => sizeOf(b) - sizeOf(a));
const shared = files.filter((name) => !ownWindow.includes(name));
const own = files.filter((name) => ownWindow.includes(name));
const halves = [0, 1].map((half) => [...everySecond(shared, half), ...everySecond(own, 1 - half)]);

const counts = new Map<string, Counts>();
let passed = 0;
let failed = 0;
for (const half of await Promise.all(halves.map((half) => run(half)))) {
  for (const [name, one] of half) counts.set(name, one);
  // What a window leaves behind is nobody's own, and isn't tried again.
  failed += half.get('hooks')?.failed ?? 0;
}
for (const name of files) {
  const beside = counts.get(name);
  const isSound = beside !== undefined && beside.failed === 0;
  const last = isSound ? beside : await again(name, beside);
  passed += last.passed;
  failed += last.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function sizeOf(name: string): number {
  return statSync(join(folder, name)).size;
}

function everySecond(names: readonly string[], first: number): readonly string[] {
  return names.filter((_, index) => index % 2 === first);
}

async function again(name: string, beside: Counts | undefined): Promise<Counts> {
  const before = beside === undefined ? 'not run' : `${beside.failed} failed`;
  console.log(`\n${name}: ${before} beside others; once more, alone:`);
  return (await run([name], { [traceVariable]: '1' })).get(name) ?? { passed: 0, failed: 1 };
}

/** Prints what the tests say in one piece, once they are done, and gives what each file came to. */
async function run(
  names: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<ReadonlyMap<string, Counts>> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    ['test/mocha.ts', '--counts', ...names.map((name) => join(folder, name))],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } },
  );
  const closed = once(child, 'close');
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) output += chunk;
  await closed;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n--- ${seconds} s\n${output.replace(/^\d+ passed, \d+ failed$/m, '').trim()}`);
  const lines = output.matchAll(/^(\S+): (\d+) passed, (\d+) failed$/gm);
  return new Map(
    [...lines].map(([, name = '', passes, failures]) => [
      name,
      { passed: Number(passes), failed: Number(failures) },
    ]),
  );
}
