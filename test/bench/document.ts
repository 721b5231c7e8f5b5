/**
 * What it takes to write a reply into a document: `npm run bench:document [-- --json]`. A reply of
 * 100,000 tokens, 200 deltas a second, in a real extension host: in batches, and with one edit for each
 * delta, in one run.
 */
import type { WritingFigures } from './in-vscode/write-document.ts';
import { benchInVsCode } from './in-vscode.ts';
import { bar, median, percentile, report } from './report.ts';

const figures = await benchInVsCode<WritingFigures>('write-document', 1);
const { batchedEdits, singleEdits, streamedMs, afterLastMs, keysWhile } = figures;
const keysAtRest = [...figures.keysBefore, ...figures.keysAfter];
const sum = (times: readonly number[]): number => times.reduce((total, time) => total + time, 0);
const key = (times: readonly number[]): string =>
  `${median(times).toFixed(1)} ms (95 %: ${percentile(times, 0.95).toFixed(1)} ms)`;

report(
  'document',
  [
    bar(
      'time in edits for a delta, in batches to one edit for each (20 × less)',
      sum(batchedEdits) / figures.deltas / (sum(singleEdits) / singleEdits.length),
      '×',
      1 / 20,
    ),
    bar(
      'round trips to the editor',
      batchedEdits.length / ((streamedMs + afterLastMs) / 1000),
      '/s',
      30,
    ),
    bar('written after the last delta', afterLastMs, 'ms', 300),
    bar(
      'a key while the reply streams, to one at rest (median)',
      median(keysWhile) / median(keysAtRest),
      '×',
      1.5,
    ),
  ],
  [
    `a reply of ${figures.deltas} deltas and ${figures.characters} characters`,
    `in batches: ${batchedEdits.length} edits, ${sum(batchedEdits).toFixed(0)} ms in them, median ${median(batchedEdits).toFixed(1)} ms`,
    `one for each delta: ${singleEdits.length} edits${singleEdits.length < figures.deltas ? ' (ended there: a slow machine)' : ''}, ${sum(singleEdits).toFixed(0)} ms in them, median ${median(singleEdits).toFixed(1)} ms`,
    `a key before: ${key(figures.keysBefore)}, while it streams: ${key(keysWhile)}, after: ${key(figures.keysAfter)}`,
  ],
);
