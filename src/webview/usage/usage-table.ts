import { figure } from '../../core/conversation/receipt-rows.ts';
import { fill } from '../../core/l10n.ts';
import type { UsageStrings } from '../../core/usage/usage-protocol.ts';
import { sumOfRows, type UsageRow } from '../../core/usage/usage-rows.ts';
import type { UsageSum } from '../../core/usage/usage-sum.ts';
import { make } from '../elements.ts';
import { pageLanguage } from '../page-language.ts';
import { costText, data, tokensText } from './figures.ts';

/** The rows with each day's sum, where it has several, and the sum of all. */
export function usageTable(rows: readonly UsageRow[], strings: UsageStrings): HTMLElement {
  const table = make('table', '');
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
  const head = make('tr', '');
  head.append(...heads.map((text) => headCell(text, 'col')));
  const body = make('tbody', '');
  for (const [day, ofDay] of Map.groupBy(rows, (row) => row.day)) {
    body.append(...ofDay.map(({ model, sum }) => tableRow('', day, model, sum, strings)));
    if (ofDay.length > 1) {
      body.append(tableRow('day-sum', day, strings.sum, sumOfRows(ofDay), strings));
    }
  }
  const foot = make('tfoot', '');
  foot.append(tableRow('', strings.sum, '', sumOfRows(rows), strings));
  const top = make('thead', '');
  top.append(head);
  table.append(make('caption', '', strings.table), top, body, foot);
  return table;
}

function tableRow(
  className: string,
  day: string,
  model: string,
  sum: UsageSum,
  strings: UsageStrings,
): HTMLElement {
  const { usage } = sum;
  const written = (value: number): string => figure(value, pageLanguage());
  const row = make('tr', className);
  row.append(
    headCell(day, 'row'),
    make('td', 'model', model),
    numberCell(written(sum.replies), sum.replies),
    numberCell(written(usage.input), usage.input),
    numberCell(written(usage.cacheRead), usage.cacheRead),
    numberCell(written(usage.cacheWrite), usage.cacheWrite),
    numberCell(tokensText(sum, usage.output), usage.output),
    usage.thinking === null
      ? make('td', 'number', '–')
      : numberCell(written(usage.thinking), usage.thinking),
    costCell(sum, strings),
  );
  return row;
}

function costCell(sum: UsageSum, strings: UsageStrings): HTMLElement {
  const { unpriced, replies, cost } = sum;
  if (replies > 0 && unpriced === replies) return make('td', 'number', costText(sum));
  const cell = numberCell(costText(sum), cost);
  if (unpriced > 0)
    cell.append(make('small', '', fill(strings.unpriced, figure(unpriced, pageLanguage()))));
  return cell;
}

function numberCell(text: string, value: number): HTMLElement {
  const cell = make('td', 'number');
  cell.append(data(text, value));
  return cell;
}

function headCell(text: string, scope: 'row' | 'col'): HTMLElement {
  const cell = make('th', '', text);
  cell.setAttribute('scope', scope);
  return cell;
}
