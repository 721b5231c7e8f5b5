/**
 * `npm run bench`: runs every bench, one after the other, prints what they found as one table, and writes
 * it to `docs/bench-results.json` and README. It takes an hour, and wants a machine that does nothing else.
 *   -- --quick             the short forms of those that have one
 *   -- warm activation     only these: prints, and writes nothing
 *   -- --table             measures nothing: prints the newest results, and writes README from them
 * The exit code is 1 where a bar is missed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../vscode/paths.ts';
import { benches } from './all/benches.ts';
import { describeMachine } from './all/machine.ts';
import { withTable } from './all/readme-table.ts';
import { type Measured, passes, type Results, readResults, writeResults } from './all/results.ts';
import { runBench } from './all/run-bench.ts';
import { terminalTable } from './all/terminal-table.ts';
import { isQuick } from './report.ts';

const asked = process.argv.slice(2).filter((name) => !name.startsWith('--'));
const every = benches(isQuick);
const unknown = asked.filter((name) => !every.some((bench) => bench.name === name));
if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}.`);

/** Of the benches that gave no figures: the others run all the same, but nothing is written. */
const failures: unknown[] = [];
const isMeasured = !process.argv.includes('--table');
const results = isMeasured ? await measure() : readResults();
console.log(terminalTable(results));
if (asked.length === 0 && failures.length === 0) {
  if (isMeasured) writeResults(results);
  const readme = join(repository, 'README.md');
  writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), results));
}
for (const failure of failures) console.error(String(failure));
if (!passes(results) || failures.length > 0) process.exitCode = 1;

async function measure(): Promise<Results> {
  const machine = await describeMachine();
  const date = new Date().toISOString().slice(0, 10);
  const measured: Measured[] = [];
  for (const bench of every.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    console.error(`\n=== ${bench.name}`);
    try {
      const result = await runBench(bench);
      const missed = result.bars.filter(({ pass }) => !pass).length;
      console.error(
        `=== ${bench.name}: ${result.seconds} s, ${missed} of ${result.bars.length} missed`,
      );
      measured.push(result);
    } catch (error) {
      failures.push(error);
    }
  }
  return { date, isQuick, machine, benches: measured };
}
