/**
 * Runs the end-to-end tests in two processes at a time, each with a VS Code of its own that its files
 * share: a session waits more than it works. One takes the files that need other windows than the
 * usual one, and some of the rest.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureBrowser } from './vscode/ensure-browser.ts';
import { ensureHost } from './vscode/ensure-host.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const folder = 'test/e2e';

/**
 * What the second process runs, in this order: files that share a window stand beside each other, and
 * those that need another server come last. The first process takes all others.
 */
const ofSecond = [
  'usage',
  'history',
  'restore',
  'thinking',
  'effort',
  'walkthrough',
  'vscode-chat',
  'restricted-mode',
  'virtual-workspace',
  'web',
  'hostile-workspace',
  'installed',
  'api-key',
].map((name) => `${name}.test.ts`);

// Before there are several that would each install them.
await ensureHost();
await ensureBrowser();

const all = globSync(`${folder}/*.test.ts`).sort();
const missing = ofSecond.filter((name) => !all.some((file) => basename(file) === name));
if (missing.length > 0) throw new Error(`There is no ${missing.join(', ')}.`);

const counts = await Promise.all([
  run(
    'first',
    all.filter((file) => !ofSecond.includes(basename(file))),
  ),
  run(
    'second',
    ofSecond.map((name) => `${folder}/${name}`),
  ),
]);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`${counts.reduce((sum, count) => sum + count.passed, 0)} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** Runs files one after the other in a process, and prints what they say in one piece. */
async function run(name: string, files: readonly string[]): Promise<Counts> {
  const started = performance.now();
  const child = spawn(process.execPath, ['test/mocha.ts', ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const lines: string[] = [];
  let counts: Counts | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const [, passes, failures] = /^(\d+) passed, (\d+) failed$/.exec(line) ?? [];
    if (passes === undefined) lines.push(line);
    else counts = { passed: Number(passes), failed: Number(failures) };
  }
  const [code] = await closed;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n--- ${name} process: ${seconds} s\n${lines.join('\n').trim()}`);
  const { passed = 0, failed = 0 } = counts ?? {};
  // One that ended without its counts, or ran nothing, has failed whatever it printed.
  const isSound = code === 0 && passed > 0;
  return { passed, failed: isSound ? 0 : Math.max(1, failed) };
}
