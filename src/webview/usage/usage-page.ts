import { isObject, isOneOf } from '../../core/guard.ts';
import { fill } from '../../core/l10n.ts';
import { formatCount } from '../../core/usage/receipt.ts';
import {
  type FromUsageView,
  parseRange,
  type RangeName,
  type UsageState,
  type UsageStrings,
  usageRanges,
} from '../../core/usage/usage-protocol.ts';
import { rowsWithin, sumRows } from '../../core/usage/usage-rows.ts';
import { createButton, createElement, getPageLanguage } from '../elements.ts';
import { createUsageChart, type Measure } from './usage-chart.ts';
import {
  createDataElement,
  formatSumCost,
  formatSumTokens,
  getTotalTokens,
} from './usage-figures.ts';
import { createUsageTable } from './usage-table.ts';

/** A choice of one, as native radio buttons in a row. */
function createRadioGroup<T extends string>(
  legend: string,
  name: string,
  choices: readonly { readonly value: T; readonly label: string }[],
  chosen: T,
  onChoose: (value: T) => void,
): HTMLElement {
  const group = createElement('fieldset', 'choice');
  group.append(createElement('legend', '', legend));
  for (const { value, label } of choices) {
    const input = document.createElement('input');
    input.type = 'radio';
    input.name = name;
    input.value = value;
    input.checked = value === chosen;
    input.addEventListener('change', () => onChoose(value));
    const wrapped = createElement('label', '');
    wrapped.append(input, label);
    group.append(wrapped);
  }
  return group;
}

/** What the reader has chosen; VS Code keeps it while the page is hidden. */
const isChoice = isObject({ range: isOneOf(usageRanges), measure: isOneOf(['cost', 'tokens']) });

interface SavedChoice {
  readonly saved: unknown;
  readonly save: (state: { readonly range: RangeName; readonly measure: Measure }) => void;
}

/** Totals, chart and table. What the reader has the focus on is made once and stays. */
export class UsagePage {
  readonly #strings: UsageStrings;
  readonly #savedChoice: SavedChoice;
  readonly #totals = createElement('dl', 'totals');
  readonly #figure = createElement('figure', '');
  readonly #table = createElement('div', 'table');
  readonly #content = createElement('div', '');
  readonly #emptyMessage: HTMLElement;
  #range: RangeName = '30';
  #measure: Measure = 'cost';
  #usage: UsageState | null = null;

  constructor(
    root: HTMLElement,
    strings: UsageStrings,
    send: (message: FromUsageView) => void,
    state: SavedChoice,
  ) {
    this.#strings = strings;
    this.#savedChoice = state;
    if (isChoice(state.saved)) {
      this.#range = state.saved.range;
      this.#measure = state.saved.measure;
    }
    this.#emptyMessage = createElement('p', 'nothing', strings.nothing);
    this.#emptyMessage.hidden = true;
    // Where the focus goes when the buttons have gone with what they deleted.
    this.#emptyMessage.tabIndex = -1;
    this.#content.hidden = true;
    this.#table.tabIndex = 0;
    this.#table.setAttribute('role', 'region');
    this.#table.setAttribute('aria-label', strings.table);

    const controls = createElement('div', 'controls');
    const buttons = createElement('div', 'buttons');
    buttons.append(
      createButton('export', strings.exportCsv, () => send({ type: 'export', range: this.#range })),
      createButton('delete', strings.deleteAll, () => send({ type: 'delete' })),
    );
    controls.append(this.#createRangeChoice(), buttons);
    this.#content.append(
      this.#totals,
      createElement('h2', '', strings.perDay),
      this.#createMeasureChoice(),
      this.#figure,
      createElement('h2', '', strings.table),
      controls,
      this.#table,
      createElement('p', 'footnote', strings.footnote),
    );
    root.append(createElement('h1', '', strings.title), this.#emptyMessage, this.#content);
  }

  show(state: UsageState): void {
    this.#usage = state;
    const isEmpty = state.rows.length === 0;
    const hadFocus = this.#content.contains(document.activeElement);
    this.#emptyMessage.hidden = !isEmpty;
    this.#content.hidden = isEmpty;
    if (isEmpty && hadFocus) this.#emptyMessage.focus();
    this.#render();
  }

  #render(): void {
    const state = this.#usage;
    if (state === null) return;
    this.#totals.replaceChildren(...this.#createTotals(state));
    this.#figure.replaceChildren(...createUsageChart(state, this.#measure, this.#strings));
    const rows = rowsWithin(state.rows, state.today, parseRange(this.#range));
    this.#table.replaceChildren(createUsageTable(rows, this.#strings));
  }

  #createTotals({ rows, today }: UsageState): readonly HTMLElement[] {
    const { today: todayLabel, last7, last30, tokensOf, unpriced } = this.#strings;
    return (
      [
        [1, todayLabel],
        [7, last7],
        [30, last30],
      ] as const
    ).map(([range, label]) => {
      const sum = sumRows(rowsWithin(rows, today, range));
      const cost = createElement('dd', 'total-cost');
      cost.append(createDataElement(formatSumCost(sum), sum.cost));
      const tokens = createElement('dd', '');
      const count = getTotalTokens(sum);
      tokens.append(createDataElement(fill(tokensOf, formatSumTokens(sum, count)), count));
      const group = createElement('div', '');
      group.append(createElement('dt', '', label), cost, tokens);
      if (sum.unpriced > 0)
        group.append(
          createElement('dd', '', fill(unpriced, formatCount(sum.unpriced, getPageLanguage()))),
        );
      return group;
    });
  }

  #createRangeChoice(): HTMLElement {
    const { days, last7, last30, all } = this.#strings;
    const choices = [
      { value: '7', label: last7 },
      { value: '30', label: last30 },
      { value: 'all', label: all },
    ] as const;
    return createRadioGroup<RangeName>(days, 'range', choices, this.#range, (range) => {
      this.#range = range;
      this.#onChoice();
    });
  }

  #createMeasureChoice(): HTMLElement {
    const { chartShows, cost, tokens } = this.#strings;
    const choices = [
      { value: 'cost', label: cost },
      { value: 'tokens', label: tokens },
    ] as const;
    return createRadioGroup<Measure>(chartShows, 'measure', choices, this.#measure, (measure) => {
      this.#measure = measure;
      this.#onChoice();
    });
  }

  #onChoice(): void {
    this.#savedChoice.save({ range: this.#range, measure: this.#measure });
    this.#render();
  }
}
