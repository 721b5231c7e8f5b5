import { barRows } from './bar-rows.ts';
import { rendererRows } from './renderer-rows.ts';
import type { Results } from './results.ts';

/** Everything that a run has found, for a terminal. */
export function terminalTable(results: Results): string {
  const { date, isQuick, machine, benches } = results;
  const { processor, cores, memoryGb, system, node, browser, vscode } = machine;
  const renderers = rendererRows(results).map(({ name, cells }) => [name, ...cells]);
  const head = ['', '1,000 tokens', '10,000', '÷ floor', 'longest', '100,000', '÷ floor'];
  const bars = barRows(results).map(({ bench, name, figure, limit, pass }) => [
    `${pass ? 'pass' : 'MISS'}  ${bench}: ${name}`,
    figure,
    `at most ${limit}`,
  ]);
  const loads = benches.map(
    ({ bench, loadBefore, loadAfter, seconds }) =>
      `${bench}: load ${loadBefore} to ${loadAfter}, ${seconds} s`,
  );
  return [
    `${date}${isQuick ? ', a short run' : ''}`,
    `${cores} cores of ${processor}, ${memoryGb} GB, ${system}; Node ${node}, ${browser}, VS Code ${vscode}`,
    ...loads,
    '',
    ...(renderers.length === 0 ? [] : [...aligned([head, ...renderers]), '']),
    ...aligned(bars),
  ].join('\n');
}

/** The first column to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
