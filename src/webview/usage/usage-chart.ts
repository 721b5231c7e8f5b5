import { formatCost } from '../../core/format-figures.ts';
import { fill } from '../../core/l10n.ts';
import { listDaysUpTo } from '../../core/time.ts';
import { formatCount } from '../../core/usage/receipt.ts';
import type { UsageState, UsageStrings } from '../../core/usage/usage-protocol.ts';
import { rowsWithin, sumRows, type UsageSum } from '../../core/usage/usage-rows.ts';
import { createElement, getPageLanguage } from '../elements.ts';
import { formatSumCost, formatSumTokens, getTotalTokens } from './usage-figures.ts';

export type Measure = 'cost' | 'tokens';

interface ChartDay {
  readonly day: string;
  /** By the model's place in `models`; in dollars or tokens. */
  readonly parts: readonly { readonly series: number; readonly value: number }[];
  readonly total: number;
}

interface ChartData {
  readonly models: readonly string[];
  /** Oldest first, also those on which nothing was used. */
  readonly days: readonly ChartDay[];
  readonly sum: UsageSum;
}

const chartDays = 30;

/** The last 30 days, by model. */
function createChartData({ rows, today }: UsageState, measure: Measure): ChartData {
  const within = rowsWithin(rows, today, chartDays);
  const models = [...new Set(within.map(({ model }) => model))].sort();
  const byDay = Map.groupBy(within, ({ day }) => day);
  const days = listDaysUpTo(today, chartDays).map((day) => {
    const parts = (byDay.get(day) ?? []).map(({ model, sum }) => ({
      series: models.indexOf(model),
      value: getAmount(sum, measure),
    }));
    return { day, parts, total: parts.reduce((sum, { value }) => sum + value, 0) };
  });
  return { models, days, sum: sumRows(within) };
}

function getAmount(sum: UsageSum, measure: Measure): number {
  return measure === 'cost' ? sum.cost : getTotalTokens(sum);
}

/** An SVG element with its attributes. */
function createSvgElement(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element as SVGElement;
}

/** The opaque colours of the theme's charts; the style sheet has a class for each. */
const colourCount = 5;

/** What is drawn over the colour, so that colour isn't the only sign. In a square of 8 by 8. */
const patternPaths = [
  '',
  'M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4',
  'M0,2 h8 M0,6 h8',
  'M2,0 v8 M6,0 v8',
  'M0,0 l8,8 M0,8 l8,-8',
];

/** A pattern for each series; 25 differ. */
function createSeriesPatterns(count: number): SVGElement {
  const definitions = createSvgElement('defs', {});
  for (let series = 0; series < count; series++) {
    const pattern = createSvgElement('pattern', {
      id: `series-${series}`,
      class: `series-${series % colourCount}`,
      width: '8',
      height: '8',
      patternUnits: 'userSpaceOnUse',
    });
    pattern.append(createSvgElement('rect', { width: '8', height: '8', fill: 'currentColor' }));
    const mark =
      patternPaths[(series + Math.floor(series / colourCount)) % patternPaths.length] ?? '';
    if (mark !== '') pattern.append(createSvgElement('path', { class: 'mark', d: mark }));
    definitions.append(pattern);
  }
  return definitions;
}

function createSwatch(series: number): SVGElement {
  const box = createSvgElement('svg', { class: 'swatch', 'aria-hidden': 'true' });
  box.append(
    createSvgElement('rect', {
      class: 'bar',
      width: '100%',
      height: '100%',
      fill: `url(#series-${series})`,
    }),
  );
  return box;
}

/** Room above the highest bar, for the budget's words. */
const headroom = 1.15;

/** Bars for 30 days, stacked by model, with the sentence that says what they show. */
export function createUsageChart(
  state: UsageState,
  measure: Measure,
  strings: UsageStrings,
): readonly Element[] {
  const data = createChartData(state, measure);
  const write = measure === 'cost' ? formatCost : formatCount;
  const format = (value: number): string => write(value, getPageLanguage());
  const budget = measure === 'cost' ? state.budget : 0;
  const top = Math.max(budget, ...data.days.map(({ total }) => total)) * headroom;
  const sentence = createElement(
    'figcaption',
    '',
    describeChart(data, measure, strings, format, budget),
  );
  sentence.id = 'chart-sentence';

  const chart = createSvgElement('svg', {
    class: 'chart',
    role: 'img',
    'aria-labelledby': sentence.id,
  });
  chart.append(createSeriesPatterns(data.models.length));
  if (top > 0) chart.append(...createBars(data, top, format));
  chart.append(
    createSvgElement('line', { class: 'axis', x1: '0', x2: '100%', y1: '100%', y2: '100%' }),
  );
  if (budget > 0)
    chart.append(
      ...createBudgetLine(
        budget / top,
        fill(strings.budget, formatCost(budget, getPageLanguage())),
      ),
    );

  const ends = createElement('div', 'chart-days');
  ends.append(
    createElement('span', '', data.days[0]?.day ?? ''),
    createElement('span', '', data.days.at(-1)?.day ?? ''),
  );
  const legend = createElement('ul', 'legend');
  for (const [series, model] of data.models.entries()) {
    const item = createElement('li', '');
    item.append(createSwatch(series), model);
    legend.append(item);
  }
  return [chart, ends, legend, sentence];
}

function describeChart(
  { days, sum }: ChartData,
  measure: Measure,
  strings: UsageStrings,
  format: (value: number) => string,
  budget: number,
): string {
  const name = measure === 'cost' ? strings.cost : strings.tokens;
  const total = measure === 'cost' ? formatSumCost(sum) : formatSumTokens(sum, getTotalTokens(sum));
  const most = days.reduce((a, b) => (b.total > a.total ? b : a));
  if (most.total === 0) return `${name}: ${total}`;
  const about = total.startsWith('≈') ? '≈' : '';
  const summary = fill(strings.chartSentence, name, total, about + format(most.total), most.day);
  if (budget === 0) return summary;
  return fill(strings.chartWithBudget, summary, formatCost(budget, getPageLanguage()));
}

function createBars(
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
      const bar = createSvgElement('rect', {
        class: 'bar',
        x: `${index * slot + slot * 0.12}%`,
        width: `${slot * 0.76}%`,
        y: `${100 - below}%`,
        height: `${height}%`,
        fill: `url(#series-${series})`,
      });
      const words = createSvgElement('title', {});
      words.textContent = `${day} · ${models[series] ?? ''} · ${format(value)}`;
      bar.append(words);
      return bar;
    });
  });
}

function createBudgetLine(share: number, label: string): readonly Element[] {
  const y = `${100 - share * 100}%`;
  const words = createSvgElement('text', { class: 'budget-label', x: '0', y, dy: '-0.4em' });
  words.textContent = label;
  return [createSvgElement('line', { class: 'budget', x1: '0', x2: '100%', y1: y, y2: y }), words];
}
