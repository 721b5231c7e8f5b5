import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmeTable, withTable } from '../../bench/all/readme-table.ts';
import { rendererRows } from '../../bench/all/renderer-rows.ts';
import { passes, readResults, resultsPath } from '../../bench/all/results.ts';
import { terminalTable } from '../../bench/all/terminal-table.ts';
import { repository } from '../../vscode/paths.ts';
import { sampleResults } from './sample-results.ts';

const readme = readFileSync(join(repository, 'README.md'), 'utf8');

describe('the table of the benches', () => {
  it('compares every way to show a reply with the floor; what was not measured is a dash', () => {
    assert.deepEqual(
      rendererRows(sampleResults).map(({ name, cells }) => [name, ...cells].join(' | ')),
      [
        'plain text: the floor | 0.42 s | 5.0 s | 1.00 × | 9.3 ms | 132 s | 1.00 ×',
        'Claude Stream | 0.35 s | 3.2 s | 0.64 × | 16.2 ms | 67.9 s | 0.51 ×',
        'marked, parsed per delta | 4.1 s | 265 s | 53.00 × | – | – | –',
      ],
    );
  });

  it('has every bar of every bench, and tells those that are missed', () => {
    const table = terminalTable(sampleResults);
    assert.match(table, /^pass {2}render: heap +0\.5 MB {2}at most 5 MB$/m);
    assert.match(table, /^MISS {2}activation: activate\(\) +8 ms {2}at most 5 ms$/m);
    assert.ok(!passes(sampleResults));
    assert.match(
      readmeTable(sampleResults),
      /^\| activation \| .* \| 8 ms \| 5 ms \| \*\*missed\*\* \|$/m,
    );
    assert.match(readmeTable(sampleResults), /All 2 bars, 1 missed/);
  });

  it('says on what it was measured, how busy that was, and whether the run was short', () => {
    const short = { ...sampleResults, isQuick: true };
    assert.match(
      readmeTable(short),
      /^A short run of 2026-11-21, on 2 cores of A Processor, 24 GB/m,
    );
    assert.match(readmeTable(sampleResults), /the load was 0\.1 to 2\.25\.$/m);
    assert.match(terminalTable(short), /^2026-11-21, a short run$/m);
  });

  it('takes its own place in README and changes nothing else, however often it is written', () => {
    const written = withTable(readme, sampleResults);
    assert.ok(written.includes(readmeTable(sampleResults)));
    assert.equal(withTable(written, sampleResults), written);
    const outside = (text: string): string => text.replace(/<!-- bench:[\s\S]*bench: end -->/, '');
    assert.equal(outside(written), outside(readme));
    assert.throws(() => withTable('# Another', sampleResults), /no place/);
  });

  it('is the one of docs/bench-results.json in README', function () {
    // Until every bench has run on one machine there is none.
    if (!existsSync(resultsPath)) this.skip();
    assert.equal(withTable(readme, readResults()), readme);
  });
});
