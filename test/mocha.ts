/**
 * Runs the Mocha tests of folders or files: `node test/mocha.ts test/unit`,
 * `node test/mocha.ts test/e2e/stop.test.ts`. With `--counts` it says what each file came to.
 */
import { globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Mocha from 'mocha';
import { atDepth } from './depth.ts';
import './fakes/use-vscode.ts';

// Mocha listens to them and lets them pass: one that nobody handles is a failure.
process.on('unhandledRejection', (reason) => {
  throw reason;
});

/** Times the usual limits, for tests that repeat themselves more. */
const patience = atDepth({ quick: 1, normal: 1, long: 10 });

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { counts: { type: 'boolean' } },
});
const places = asked.length === 0 ? ['test/unit'] : asked;
const mocha = new Mocha({
  timeout: (places.every((place) => place.startsWith('test/unit')) ? 20_000 : 60_000) * patience,
  forbidOnly: true,
  color: process.stdout.isTTY === true,
});
for (const place of places) {
  const files = place.endsWith('.test.ts') ? [place] : globSync(`${place}/**/*.test.ts`).sort();
  for (const file of files) mocha.addFile(resolve(file));
}
await mocha.loadFilesAsync();
/** What each file's tests came to, for run-e2e.ts. */
const counts = new Map<string, { passed: number; failed: number }>();
const runner = mocha.run((failures) => {
  if (values.counts === true) tellCounts();
  console.log(`${runner.stats?.passes ?? 0} passed, ${failures} failed`);
  process.exitCode = failures > 0 ? 1 : 0;
  // Whoever lets go of everything ends the process before this comes.
  setTimeout(tellOpen, 15_000).unref();
});
runner.on('pass', (test) => countsOf(test).passed++);
runner.on('fail', (test) => {
  countsOf(test).failed++;
  // For run.ts, which says it again at the end; the path of a picture may follow.
  console.log(`failed: ${test.fullTitle()}`);
});

function tellCounts(): void {
  for (const [file, { passed, failed }] of counts) {
    console.log(`${file}: ${passed} passed, ${failed} failed`);
  }
}

/** A hook that is no file's own counts for all of them. */
function countsOf({ file }: { readonly file?: string | undefined }): {
  passed: number;
  failed: number;
} {
  const name = file === undefined ? 'hooks' : basename(file);
  const known = counts.get(name) ?? { passed: 0, failed: 0 };
  counts.set(name, known);
  return known;
}

/** A socket, a server or a timer that a test has left open keeps the process alive. */
function tellOpen(): void {
  console.log(`left open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
}
