/** One figure that has a limit. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The most that it may be. */
  readonly limit: number;
  readonly pass: boolean;
}

/** What one way to show a reply took in the page: ours, the floor, or somebody else's. */
export interface RendererFigures {
  readonly name: string;
  /** Milliseconds of processor time for a whole reply of 1,000, 10,000 and 100,000 tokens; null: not measured. */
  readonly wholeMs: readonly [number | null, number | null, number | null];
  /** At 10,000 tokens, in milliseconds; null where the reply was sampled instead of shown whole. */
  readonly longestCallMs: number | null;
}

/** What every bench prints with `--json`. */
export interface BenchResult {
  readonly bench: string;
  /** Whether it was a shortened run. */
  readonly isQuick: boolean;
  readonly bars: readonly Bar[];
  /** Figures without a limit, as sentences. */
  readonly notes: readonly string[];
  /** Of the render bench alone; the first is the floor. */
  readonly renderers?: readonly RendererFigures[];
}
