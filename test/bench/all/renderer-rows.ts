import type { RendererFigures } from '../bench-result.ts';
import type { Results } from './results.ts';

/** What each way to show a reply took, as words; the figures of README's table. */
export interface RendererRow {
  readonly name: string;
  readonly isOurs: boolean;
  /** 1,000, 10,000, ÷ floor, longest call, 100,000, ÷ floor. */
  readonly cells: readonly string[];
}

const names: Readonly<Record<string, string>> = {
  floor: 'plain text: the floor',
  ours: 'Claude Stream',
  smd: 'streaming-markdown',
  streamdown: 'Streamdown',
  incremark: 'Incremark',
  marked: 'marked, parsed per delta',
  'markdown-it': 'markdown-it, parsed per delta',
  'marked + DOMPurify': 'marked + DOMPurify, per delta',
  'react-markdown': 'react-markdown, per delta',
};

/** The floor first, then ours, then the peers that could run. */
export function rendererRows({ benches }: Results): readonly RendererRow[] {
  const renderers = benches.flatMap((bench) => bench.renderers ?? []);
  const floor = renderers.find(({ name }) => name === 'floor');
  return renderers.map((renderer) => ({
    name: names[renderer.name] ?? renderer.name,
    isOurs: renderer.name === 'ours',
    cells: cells(renderer, floor),
  }));
}

function cells(
  { wholeMs: [short, middle, long], longestCallMs }: RendererFigures,
  floor: RendererFigures | undefined,
): readonly string[] {
  return [
    seconds(short),
    seconds(middle),
    times(middle, floor?.wholeMs[1]),
    longestCallMs === null ? '–' : `${longestCallMs.toFixed(1)} ms`,
    seconds(long),
    times(long, floor?.wholeMs[2]),
  ];
}

function seconds(ms: number | null): string {
  if (ms === null) return '–';
  const value = ms / 1000;
  const digits = value < 1 ? 2 : value < 100 ? 1 : 0;
  return `${value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })} s`;
}

function times(ms: number | null, floorMs: number | null | undefined): string {
  if (ms === null || floorMs === null || floorMs === undefined) return '–';
  return `${(ms / floorMs).toFixed(2)} ×`;
}
