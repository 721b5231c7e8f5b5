/** One figure that has a limit. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The most that it may be. */
  readonly limit: number;
  readonly pass: boolean;
}

export function bar(name: string, value: number, unit: string, limit: number): Bar {
  return { name, value, unit, limit, pass: value <= limit };
}

/** What every bench prints: text, or with `--json` one object; the exit code says whether all pass. */
export function report(title: string, bars: readonly Bar[], notes: readonly string[]): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ bars }));
  } else {
    console.log(title);
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
