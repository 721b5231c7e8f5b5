import { formatCost } from '../../core/conversation/format-figures.ts';
import { figure } from '../../core/conversation/receipt-rows.ts';
import { fill } from '../../core/l10n.ts';
import type { UsageState, UsageStrings } from '../../core/usage/usage-protocol.ts';
import { make } from '../elements.ts';
import { pageLanguage } from '../page-language.ts';
import { type ChartData, chartData, type Measure } from './chart-data.ts';
import { allTokens, costText, tokensText } from './figures.ts';
import { seriesPatterns, swatch } from './series-patterns.ts';
import { svg } from './svg.ts';

/** Room above the highest bar, for the budget's words. */
const headroom = 1.15;

/** Bars for 30 days, stacked by model, with the sentence that says what they show. */
export function usageChart(
  state: UsageState,
  measure: Measure,
  strings: UsageStrings,
): readonly Element[] {
  const data = chartData(state, measure);
  const write = measure === 'cost' ? formatCost : figure;
  const format = (value: number): string => write(value, pageLanguage());
  const budget = measure === 'cost' ? state.budget : 0;
  const top = Math.max(budget, ...data.days.map(({ total }) => total)) * headroom;
  const sentence = make('figcaption', '', sentenceOf(data, measure, strings, format, budget));
  sentence.id = 'chart-sentence';

  const chart = svg('svg', { class: 'chart', role: 'img', 'aria-labelledby': sentence.id });
  chart.append(seriesPatterns(data.models.length));
  if (top > 0) chart.append(...bars(data, top, format));
  chart.append(svg('line', { class: 'axis', x1: '0', x2: '100%', y1: '100%', y2: '100%' }));
  if (budget > 0)
    chart.append(
      ...budgetLine(budget / top, fill(strings.budget, formatCost(budget, pageLanguage()))),
    );

  const ends = make('div', 'chart-days');
  ends.append(
    make('span', '', data.days[0]?.day ?? ''),
    make('span', '', data.days.at(-1)?.day ?? ''),
  );
  const legend = make('ul', 'legend');
  for (const [series, model] of data.models.entries()) {
    const item = make('li', '');
    item.append(swatch(series), model);
    legend.append(item);
  }
  return [chart, ends, legend, sentence];
}

function sentenceOf(
  { days, sum }: ChartData,
  measure: Measure,
  strings: UsageStrings,
  format: (value: number) => string,
  budget: number,
): string {
  const name = measure === 'cost' ? strings.cost : strings.tokens;
  const total = measure === 'cost' ? costText(sum) : tokensText(sum, allTokens(sum));
  const most = days.reduce((a, b) => (b.total > a.total ? b : a));
  if (most.total === 0) return `${name}: ${total}`;
  const about = total.startsWith('≈') ? '≈' : '';
  const said = fill(strings.chartSentence, name, total, about + format(most.total), most.day);
  if (budget === 0) return said;
  return fill(strings.chartWithBudget, said, formatCost(budget, pageLanguage()));
}

function bars(
  { days, models }: ChartData,
  top: number,
  format: (value: number) => string,
): Element[] {
  const slot = 100 / days.length;
  return days.flatMap(({ day, parts }, index) => {
    let below = 0;
    return parts.map(({ series, value }) => {
      const height = (value / top) * 100;
      below += height;
      const bar = svg('rect', {
        class: 'bar',
        x: `${index * slot + slot * 0.12}%`,
        width: `${slot * 0.76}%`,
        y: `${100 - below}%`,
        height: `${height}%`,
        fill: `url(#series-${series})`,
      });
      const words = svg('title', {});
      words.textContent = `${day} · ${models[series] ?? ''} · ${format(value)}`;
      bar.append(words);
      return bar;
    });
  });
}

function budgetLine(share: number, label: string): readonly Element[] {
  const y = `${100 - share * 100}%`;
  const words = svg('text', { class: 'budget-label', x: '0', y, dy: '-0.4em' });
  words.textContent = label;
  return [svg('line', { class: 'budget', x1: '0', x2: '100%', y1: y, y2: y }), words];
}
