import { totalInput } from '../../core/claude/usage.ts';
import { fill } from '../../core/l10n.ts';
import { formatCount } from '../../core/usage/receipt.ts';
import type { UsageStrings } from '../../core/usage/usage-protocol.ts';
import { sumRows, type UsageRow, type UsageSum } from '../../core/usage/usage-rows.ts';

import { createElement, getPageLanguage } from '../elements.ts';

import { createDataElement, formatSumCost, formatSumTokens } from './usage-figures.ts';

/** The rows with each day's sum, where it has several, and the sum of all. */
export function createUsageTable(rows: readonly UsageRow[], strings: UsageStrings): HTMLElement {
  const table = createElement('table', '');
  const heads = [
    strings.day,
    strings.model,
    strings.replies,
    strings.input,
    strings.cacheRead,
    strings.cacheWrite,
    strings.output,
    strings.thinking,
    strings.cost,
  ];
  const head = createElement('tr', '');
  head.append(...heads.map((text) => createHeadCell(text, 'col')));
  const body = createElement('tbody', '');
  for (const [day, ofDay] of Map.groupBy(rows, (row) => row.day)) {
    body.append(...ofDay.map(({ model, sum }) => createTableRow('', day, model, sum, strings)));
    if (ofDay.length > 1) {
      body.append(createTableRow('day-sum', day, strings.sum, sumRows(ofDay), strings));
    }
  }
  const foot = createElement('tfoot', '');
  foot.append(createTableRow('', strings.sum, '', sumRows(rows), strings));
  const top = createElement('thead', '');
  top.append(head);
  table.append(createElement('caption', '', strings.table), top, body, foot);
  return table;
}

function createTableRow(
  className: string,
  day: string,
  model: string,
  sum: UsageSum,
  strings: UsageStrings,
): HTMLElement {
  const { usage } = sum;
  const written = (value: number): string => formatCount(value, getPageLanguage());
  const row = createElement('tr', className);
  row.append(
    createHeadCell(day, 'row'),
    createElement('td', 'model', model),
    createNumberCell(written(sum.replies), sum.replies),
    createNumberCell(written(totalInput(usage)), totalInput(usage)),
    createNumberCell(written(usage.cacheRead), usage.cacheRead),
    createNumberCell(written(usage.cacheWrite), usage.cacheWrite),
    createNumberCell(formatSumTokens(sum, usage.output), usage.output),
    usage.thinking === null
      ? createElement('td', 'number', '–')
      : createNumberCell(written(usage.thinking), usage.thinking),
    createCostCell(sum, strings),
  );
  return row;
}

function createCostCell(sum: UsageSum, strings: UsageStrings): HTMLElement {
  const { unpriced, replies, cost } = sum;
  if (replies > 0 && unpriced === replies) return createElement('td', 'number', formatSumCost(sum));
  const cell = createNumberCell(formatSumCost(sum), cost);
  if (unpriced > 0)
    cell.append(
      createElement('small', '', fill(strings.unpriced, formatCount(unpriced, getPageLanguage()))),
    );
  return cell;
}

function createNumberCell(text: string, value: number): HTMLElement {
  const cell = createElement('td', 'number');
  cell.append(createDataElement(text, value));
  return cell;
}

function createHeadCell(text: string, scope: 'row' | 'col'): HTMLElement {
  const cell = createElement('th', '', text);
  cell.setAttribute('scope', scope);
  return cell;
}
