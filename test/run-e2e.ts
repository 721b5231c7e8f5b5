/**
 * Runs the end-to-end tests, two files at a time, each in a process with a VS Code window that its
 * suites share: a session waits more than it works. On a busy machine a wait may run out that wouldn't
 * otherwise, so a file that fails is run once more, alone, and that is printed; alone it has to pass.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { ensureBrowser } from './vscode/ensure-browser.ts';
import { ensureHost } from './vscode/ensure-host.ts';

interface Result {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
}

const workers = 2;
const folder = 'test/e2e';

// Before there are several that would each install them.
await ensureHost();
await ensureBrowser();

// The long ones first, so that the last to run are short.
const waiting = globSync(`${folder}/*.test.ts`).sort((a, b) => statSync(b).size - statSync(a).size);
const results: Result[] = [];
await Promise.all(Array.from({ length: workers }, workThrough));

let passed = 0;
let failed = 0;
for (const beside of results) {
  const result = beside.failed === 0 ? beside : await again(beside);
  passed += result.passed;
  failed += result.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function workThrough(): Promise<void> {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    results.push(await run(file));
  }
}

async function again({ file, failed }: Result): Promise<Result> {
  console.log(`\n${basename(file)}: ${failed} failed beside another; once more, alone:`);
  return run(file);
}

/** Prints what the tests of a file say in one piece, once they are done. */
async function run(file: string): Promise<Result> {
  const started = performance.now();
  const child = spawn(process.execPath, ['test/mocha.ts', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) output += chunk;
  const [code] = await closed;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const [counts, passes = '0', failures = '0'] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [];
  console.log(`\n--- ${basename(file)}: ${seconds} s\n${output.replace(`${counts}\n`, '').trim()}`);
  // One that ended without its counts, or ran nothing, has failed whatever it printed.
  const isSound = code === 0 && Number(passes) > 0;
  return { file, passed: Number(passes), failed: isSound ? 0 : Math.max(1, Number(failures)) };
}
