import * as vscode from 'vscode';
import { pricesAsOf } from '../../core/claude/price.ts';
import type { UsageStrings } from '../../core/usage/usage-protocol.ts';

export function usageStrings(): UsageStrings {
  return {
    title: vscode.l10n.t('Claude Usage'),
    today: vscode.l10n.t('Today'),
    last7: vscode.l10n.t('Last 7 days'),
    last30: vscode.l10n.t('Last 30 days'),
    all: vscode.l10n.t('All'),
    days: vscode.l10n.t('Days in the table'),
    cost: vscode.l10n.t('Cost'),
    tokens: vscode.l10n.t('Tokens'),
    tokensOf: vscode.l10n.t('{0} tokens'),
    chartShows: vscode.l10n.t('The chart shows'),
    perDay: vscode.l10n.t('The last 30 days'),
    chartSentence: vscode.l10n.t('{0} per day, by model: {1} in 30 days, most on {3} with {2}.'),
    chartWithBudget: vscode.l10n.t('{0} The daily budget is {1}.'),
    budget: vscode.l10n.t('Daily budget {0}'),
    nothing: vscode.l10n.t('Nothing has been used yet.'),
    exportCsv: vscode.l10n.t('Export as CSV'),
    deleteAll: vscode.l10n.t('Delete All…'),
    day: vscode.l10n.t('Day'),
    model: vscode.l10n.t('Model'),
    replies: vscode.l10n.t('Replies'),
    input: vscode.l10n.t('Input'),
    cacheRead: vscode.l10n.t('Cache read'),
    cacheWrite: vscode.l10n.t('Cache written'),
    output: vscode.l10n.t('Output'),
    thinking: vscode.l10n.t('Thinking'),
    sum: vscode.l10n.t('Sum'),
    unpriced: vscode.l10n.t('{0} without a known price'),
    table: vscode.l10n.t('By day and model'),
    footnote: vscode.l10n.t(
      'Tokens as the API counted them; thinking is part of the output. Costs by the list prices of {0} or your own in claudeStream.prices, as they were when each reply was asked for. ≈ marks what rests on a count or an estimate.',
      pricesAsOf,
    ),
  };
}
