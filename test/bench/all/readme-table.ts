import { barRows } from './bar-rows.ts';
import { rendererRows } from './renderer-rows.ts';
import type { Results } from './results.ts';

/* README's figures stand between these, and only `npm run bench` writes there. */
const begin = '<!-- bench: written by `npm run bench` -->\n';
const end = '<!-- bench: end -->\n';

/** README with the figures of these results; all else as it was. */
export function withTable(readme: string, results: Results): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error('README has no place for the figures.');
  return readme.slice(0, from + begin.length) + readmeTable(results) + readme.slice(to);
}

/** The machine, how the renderers compare, and every bar, as Markdown. */
export function readmeTable(results: Results): string {
  const renderers = rendererRows(results);
  const bars = barRows(results);
  const missed = bars.filter(({ pass }) => !pass).length;
  return [
    '',
    `${machineSentence(results)}`,
    '',
    ...(renderers.length === 0
      ? []
      : [
          '| | 1,000 tokens | 10,000 tokens | ÷ floor | longest call | 100,000 tokens | ÷ floor |',
          '|---|--:|--:|--:|--:|--:|--:|',
          ...renderers.map(({ name, isOurs, cells }) =>
            row([isOurs ? `**${name}**` : name, ...cells]),
          ),
          '',
        ]),
    '<details>',
    `<summary>All ${bars.length} bars${missed === 0 ? ', none missed' : `, ${missed} missed`}</summary>`,
    '',
    '| bench | what | measured | at most | |',
    '|---|---|--:|--:|---|',
    ...bars.map(({ bench, name, figure, limit, pass }) =>
      row([bench, name, figure, limit, pass ? '' : '**missed**']),
    ),
    '',
    '</details>',
    '',
    '',
  ].join('\n');
}

function machineSentence({ date, isQuick, machine, benches }: Results): string {
  const { processor, cores, memoryGb, system, node, browser, vscode } = machine;
  const loads = benches.flatMap(({ loadBefore, loadAfter }) => [loadBefore, loadAfter]);
  const run = isQuick ? 'A short run' : 'One run';
  return (
    `${run} of ${date}, on ${cores} cores of ${processor}, ${memoryGb} GB, ${system}; Node ${node}, ` +
    `${browser}, VS Code ${vscode}; the load was ${Math.min(...loads)} to ${Math.max(...loads)}.`
  );
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
