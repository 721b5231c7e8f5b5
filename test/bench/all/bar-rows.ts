import type { Results } from './results.ts';

/** One bar of one bench, as words. */
export interface BarRow {
  readonly bench: string;
  readonly name: string;
  readonly figure: string;
  readonly limit: string;
  readonly pass: boolean;
}

export function barRows({ benches }: Results): readonly BarRow[] {
  return benches.flatMap(({ bench, bars }) =>
    bars.map(({ name, value, unit, limit, pass }) => ({
      bench,
      name,
      figure: `${rounded(value)} ${unit}`,
      limit: `${rounded(limit)} ${unit}`,
      pass,
    })),
  );
}

function rounded(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
