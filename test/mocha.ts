/** Runs the Mocha tests of folders or files: `node test/mocha.ts test/unit`, `node test/mocha.ts test/e2e/stop.test.ts`. */
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import Mocha from 'mocha';
import { atDepth } from './depth.ts';
import './fakes/use-vscode.ts';

// Mocha listens to them and lets them pass: one that nobody handles is a failure.
process.on('unhandledRejection', (reason) => {
  throw reason;
});

/** Times the usual limits, for tests that repeat themselves more. */
const patience = atDepth({ quick: 1, normal: 1, long: 10 });

const asked = process.argv.slice(2);
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
const runner = mocha.run((failures) => {
  console.log(`${runner.stats?.passes ?? 0} passed, ${failures} failed`);
  process.exitCode = failures > 0 ? 1 : 0;
  // Whoever lets go of everything ends the process before this comes.
  setTimeout(tellOpen, 15_000).unref();
});
// For run.ts, which says it again at the end; the path of a picture may follow.
runner.on('fail', (test) => console.log(`failed: ${test.fullTitle()}`));

/** A socket, a server or a timer that a test has left open keeps the process alive. */
function tellOpen(): void {
  console.log(`left open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
}
