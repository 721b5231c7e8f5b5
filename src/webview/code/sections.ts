import type { Highlight, Run } from './highlighted.ts';

/**
 * How much code is highlighted at once, in UTF-16 code units: some milliseconds' work. It may grow
 * to the most while no line is found at which the next section could begin afresh.
 */
const usualSection = 4 * 1024;
const mostSection = 32 * 1024;

/** The runs of some code, section by section. Where a section can't be ended, the rest is plain. */
export function* sectionsOf(
  code: string,
  language: string,
  highlight: Highlight,
): Generator<readonly Run[]> {
  let start = 0;
  let length = usualSection;
  while (start < code.length && length <= mostSection) {
    const end = endOfSection(code, start + length);
    const highlighted = highlight(code.slice(start, end), language);
    if (highlighted === null) return;
    const { runs, freshLines } = highlighted;
    const fresh = end === code.length ? end - start : (freshLines.at(-1) ?? 0);
    if (fresh === 0) {
      length *= 2;
      yield [];
      continue;
    }
    yield upTo(runs, fresh);
    start += fresh;
    length = usualSection;
  }
}

/** Behind a line, so that no line's own constructs are cut. */
function endOfSection(code: string, latest: number): number {
  if (latest >= code.length) return code.length;
  return code.lastIndexOf('\n', latest - 1) + 1 || latest;
}

function upTo(runs: readonly Run[], length: number): readonly Run[] {
  const result: Run[] = [];
  let left = length;
  for (const run of runs) {
    if (left <= 0) break;
    result.push({ kind: run.kind, length: Math.min(run.length, left) });
    left -= run.length;
  }
  return result;
}
