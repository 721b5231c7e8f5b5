import { figure } from '../../core/conversation/receipt-rows.ts';
import { isObject, isOneOf } from '../../core/guard.ts';
import { fill } from '../../core/l10n.ts';
import {
  type FromUsageView,
  type RangeName,
  rangeOf,
  type UsageState,
  type UsageStrings,
  usageRanges,
} from '../../core/usage/usage-protocol.ts';
import { rowsWithin, sumOfRows } from '../../core/usage/usage-rows.ts';
import { button, make } from '../elements.ts';
import { pageLanguage } from '../page-language.ts';
import type { Measure } from './chart-data.ts';
import { allTokens, costText, data, tokensText } from './figures.ts';
import { radios } from './radios.ts';
import { usageChart } from './usage-chart.ts';
import { usageTable } from './usage-table.ts';

/** What the reader has chosen; VS Code keeps it while the page is hidden. */
const isChoice = isObject({ range: isOneOf(usageRanges), measure: isOneOf(['cost', 'tokens']) });

export interface KeptState {
  readonly kept: unknown;
  readonly keep: (state: { readonly range: RangeName; readonly measure: Measure }) => void;
}

/** Totals, chart and table. What the reader has the focus on is made once and stays. */
export class UsagePage {
  readonly #strings: UsageStrings;
  readonly #state: KeptState;
  readonly #totals = make('dl', 'totals');
  readonly #figure = make('figure', '');
  readonly #table = make('div', 'table');
  readonly #used = make('div', '');
  readonly #nothing: HTMLElement;
  #range: RangeName = '30';
  #measure: Measure = 'cost';
  #shown: UsageState | null = null;

  constructor(
    root: HTMLElement,
    strings: UsageStrings,
    send: (message: FromUsageView) => void,
    state: KeptState,
  ) {
    this.#strings = strings;
    this.#state = state;
    if (isChoice(state.kept)) {
      this.#range = state.kept.range;
      this.#measure = state.kept.measure;
    }
    this.#nothing = make('p', 'nothing', strings.nothing);
    this.#nothing.hidden = true;
    // Where the focus goes when the buttons have gone with what they deleted.
    this.#nothing.tabIndex = -1;
    this.#used.hidden = true;
    this.#table.tabIndex = 0;
    this.#table.setAttribute('role', 'region');
    this.#table.setAttribute('aria-label', strings.table);

    const controls = make('div', 'controls');
    const buttons = make('div', 'buttons');
    buttons.append(
      button('export', strings.exportCsv, () => send({ type: 'export', range: this.#range })),
      button('delete', strings.deleteAll, () => send({ type: 'delete' })),
    );
    controls.append(this.#rangeChoice(), buttons);
    this.#used.append(
      this.#totals,
      make('h2', '', strings.perDay),
      this.#measureChoice(),
      this.#figure,
      make('h2', '', strings.table),
      controls,
      this.#table,
      make('p', 'footnote', strings.footnote),
    );
    root.append(make('h1', '', strings.title), this.#nothing, this.#used);
  }

  show(state: UsageState): void {
    this.#shown = state;
    const isEmpty = state.rows.length === 0;
    const hadFocus = this.#used.contains(document.activeElement);
    this.#nothing.hidden = !isEmpty;
    this.#used.hidden = isEmpty;
    if (isEmpty && hadFocus) this.#nothing.focus();
    this.#draw();
  }

  #draw(): void {
    const state = this.#shown;
    if (state === null) return;
    this.#totals.replaceChildren(...this.#totalsOf(state));
    this.#figure.replaceChildren(...usageChart(state, this.#measure, this.#strings));
    const rows = rowsWithin(state.rows, state.today, rangeOf(this.#range));
    this.#table.replaceChildren(usageTable(rows, this.#strings));
  }

  #totalsOf({ rows, today }: UsageState): readonly HTMLElement[] {
    const { today: todayLabel, last7, last30, tokensOf, unpriced } = this.#strings;
    return (
      [
        [1, todayLabel],
        [7, last7],
        [30, last30],
      ] as const
    ).map(([range, label]) => {
      const sum = sumOfRows(rowsWithin(rows, today, range));
      const cost = make('dd', 'total-cost');
      cost.append(data(costText(sum), sum.cost));
      const tokens = make('dd', '');
      const count = allTokens(sum);
      tokens.append(data(fill(tokensOf, tokensText(sum, count)), count));
      const group = make('div', '');
      group.append(make('dt', '', label), cost, tokens);
      if (sum.unpriced > 0)
        group.append(make('dd', '', fill(unpriced, figure(sum.unpriced, pageLanguage()))));
      return group;
    });
  }

  #rangeChoice(): HTMLElement {
    const { days, last7, last30, all } = this.#strings;
    const choices = [
      { value: '7', label: last7 },
      { value: '30', label: last30 },
      { value: 'all', label: all },
    ] as const;
    return radios<RangeName>(days, 'range', choices, this.#range, (range) => {
      this.#range = range;
      this.#chosen();
    });
  }

  #measureChoice(): HTMLElement {
    const { chartShows, cost, tokens } = this.#strings;
    const choices = [
      { value: 'cost', label: cost },
      { value: 'tokens', label: tokens },
    ] as const;
    return radios<Measure>(chartShows, 'measure', choices, this.#measure, (measure) => {
      this.#measure = measure;
      this.#chosen();
    });
  }

  #chosen(): void {
    this.#state.keep({ range: this.#range, measure: this.#measure });
    this.#draw();
  }
}
