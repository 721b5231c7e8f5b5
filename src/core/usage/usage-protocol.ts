import { isFiniteNumber, isUsage } from '../conversation/journal-guards.ts';
import {
  type Guarded,
  guardOf,
  isAnyOf,
  isCount,
  isListOf,
  isObject,
  isOneOf,
  isString,
} from '../guard.ts';
import { outputSources } from './receipt.ts';
import type { UsageRange } from './usage-rows.ts';

/* What the host and the usage view say to each other. */

const isRow = isObject({
  day: isString,
  model: isString,
  sum: isObject({
    replies: isCount,
    usage: isUsage,
    cost: isFiniteNumber,
    unpriced: isCount,
    outputSource: isOneOf(outputSources),
  }),
});

/* Host to webview. */

/** Sent in answer to `ready` and whenever the usage or the budget has changed: everything. */
export interface UsageState extends Guarded<typeof isUsageState> {}
export const isUsageState = isObject({
  today: isString,
  /** US dollars a day; 0 is none. */
  budget: isFiniteNumber,
  rows: isListOf(isRow),
});

export const usageRanges = ['7', '30', 'all'] as const;
export type RangeName = (typeof usageRanges)[number];

export function parseRange(name: RangeName): UsageRange {
  switch (name) {
    case '7':
      return 7;
    case '30':
      return 30;
    case 'all':
      return 'all';
  }
}

/* Webview to host. */

/** Sent when the page has loaded: asks for the state. */
export interface UsageReadyMessage extends Guarded<typeof isReady> {}
const isReady = isObject({ type: isOneOf(['ready']) });

/** Sent when the export of a range is pressed. */
export interface ExportUsageMessage extends Guarded<typeof isExport> {}
const isExport = isObject({ type: isOneOf(['export']), range: isOneOf(usageRanges) });

/** Sent when the deletion of all usage is pressed; the host asks whether it is meant. */
export interface DeleteUsageMessage extends Guarded<typeof isDelete> {}
const isDelete = isObject({ type: isOneOf(['delete']) });

export type FromUsageView = UsageReadyMessage | ExportUsageMessage | DeleteUsageMessage;

export const isFromUsageView = guardOf<FromUsageView>()(isAnyOf(isReady, isExport, isDelete));

/** The words of the view; the host translates them. */
export const isUsageStrings = isObject({
  title: isString,
  today: isString,
  last7: isString,
  last30: isString,
  all: isString,
  days: isString,
  cost: isString,
  tokens: isString,
  /** `{0}` is a number. */
  tokensOf: isString,
  chartShows: isString,
  perDay: isString,
  /** `{0}` is what is shown, `{1}` its sum, `{2}` the most on a day, `{3}` that day. */
  chartSentence: isString,
  chartWithBudget: isString,
  /** `{0}` is an amount. */
  budget: isString,
  nothing: isString,
  exportCsv: isString,
  deleteAll: isString,
  day: isString,
  model: isString,
  replies: isString,
  input: isString,
  cacheRead: isString,
  cacheWrite: isString,
  output: isString,
  thinking: isString,
  sum: isString,
  /** `{0}` is a number of replies. */
  unpriced: isString,
  table: isString,
  footnote: isString,
});
export type UsageStrings = Guarded<typeof isUsageStrings>;
