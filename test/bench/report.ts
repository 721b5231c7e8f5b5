import type { Bar, BenchResult, RendererFigures } from './bench-result.ts';

export type { Bar } from './bench-result.ts';

export function bar(name: string, value: number, unit: string, limit: number): Bar {
  return { name, value, unit, limit, pass: value <= limit };
}

/** Whether the run is to be short: fewer trials, fewer peers. Not every bench has a short form. */
export const isQuick = process.argv.includes('--quick');

/** What every bench prints: text, or with `--json` one object; the exit code says whether all pass. */
export function report(
  bench: string,
  bars: readonly Bar[],
  notes: readonly string[],
  renderers?: readonly RendererFigures[],
): void {
  if (process.argv.includes('--json')) {
    const result: BenchResult = {
      bench,
      isQuick,
      bars,
      notes,
      ...(renderers === undefined ? {} : { renderers }),
    };
    console.log(JSON.stringify(result));
  } else {
    console.log(`bench:${bench}`);
    for (const note of notes) console.log(`  ${note}`);
    for (const { name, value, unit, limit, pass } of bars) {
      const figure = `${value.toFixed(2)} ${unit}`.padStart(14);
      console.log(`  ${pass ? 'pass' : 'MISS'} ${figure}  (at most ${limit} ${unit})  ${name}`);
    }
  }
  if (bars.some(({ pass }) => !pass)) process.exitCode = 1;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
