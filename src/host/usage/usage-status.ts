import * as vscode from 'vscode';
import { totalInput } from '../../core/claude/usage.ts';
import { formatCost, formatTokens } from '../../core/format-figures.ts';
import { getLanguage } from '../../core/l10n.ts';
import {
  formatCount,
  isCostExact,
  type ReceiptRow,
  receiptRows,
} from '../../core/usage/receipt.ts';
import type { UsageSum } from '../../core/usage/usage-rows.ts';
import type { RunningReplies } from '../ask/running-replies.ts';
import { commandIds } from '../command-ids.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { LastReply, UsageTotals } from './usage-totals.ts';

/**
 * `$(sparkle) 1.2k in · 356 out`; with ≈ and a moving icon while the reply streams, and without
 * figures until there are some.
 */
function statusText({ receipt, streaming, connecting }: LastReply): string {
  if (connecting) return `$(loading~spin) ${vscode.l10n.t('Connecting…')}`;
  const icon = streaming ? '$(loading~spin)' : '$(sparkle)';
  return `${icon} ${vscode.l10n.t('{0} in · {1} out', inputText(receipt), outputText(receipt))}`;
}

/** The same as a sentence, for screen readers. */
function statusLabel({ receipt, connecting }: LastReply): string {
  if (connecting) return vscode.l10n.t('Connecting…');
  return vscode.l10n.t(
    'Claude: {0} tokens in, {1} tokens out in the last reply',
    inputText(receipt),
    outputText(receipt),
  );
}

function inputText({ usage }: LastReply['receipt']): string {
  const about = usage.inputIsEstimate === true ? '≈' : '';
  return about + formatTokens(totalInput(usage), getLanguage(vscode.l10n));
}

function outputText({ usage, outputSource }: LastReply['receipt']): string {
  return (
    (outputSource === 'estimated' ? '≈' : '') + formatTokens(usage.output, getLanguage(vscode.l10n))
  );
}

function totalRows({
  replies,
  usage,
  cost,
  unpriced,
  outputSource,
}: UsageSum): readonly ReceiptRow[] {
  const estimated = outputSource === 'estimated';
  const language = getLanguage(vscode.l10n);
  const about = isCostExact({ usage, outputSource }) ? '' : '≈';
  const price = about + formatCost(cost, language);
  return [
    { label: vscode.l10n.t('Replies'), value: formatCount(replies, language) },
    {
      label: vscode.l10n.t('Input'),
      value: tokens(totalInput(usage), usage.inputIsEstimate === true),
    },
    { label: vscode.l10n.t('Output'), value: tokens(usage.output, estimated) },
    {
      label: vscode.l10n.t('Cost'),
      value:
        unpriced === 0
          ? price
          : vscode.l10n.t('{0}, and {1} without a known price', price, unpriced),
    },
  ];
}

function tokens(count: number, estimated: boolean): string {
  return vscode.l10n.t('{0} tokens', formatCount(count, getLanguage(vscode.l10n), estimated));
}

/**
 * Stop, where a reply streams, and three small tables: the last reply, this window, and today.
 * @param budget US dollars a day; 0 is none
 */
function usageTooltip(
  last: LastReply,
  { totals, today }: UsageTotals,
  budget: number,
  canStop: boolean,
): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  if (canStop) {
    tooltip.isTrusted = { enabledCommands: [commandIds.stop] };
    tooltip.appendMarkdown(`[${vscode.l10n.t('Stop')}](command:${commandIds.stop})\n\n`);
  }
  const rows = receiptRows(last.receipt, vscode.l10n);
  // Of one that connects, the model alone is known.
  const known = last.connecting ? rows.slice(0, 1) : rows;
  appendTable(tooltip, vscode.l10n.t('Last reply'), known);
  if (totals.replies > 0) {
    appendTable(tooltip, vscode.l10n.t('This window'), totalRows(totals));
  }
  if (today !== null) {
    const limit =
      budget === 0
        ? []
        : [
            {
              label: vscode.l10n.t('Daily budget'),
              value: formatCost(budget, getLanguage(vscode.l10n)),
            },
          ];
    appendTable(tooltip, vscode.l10n.t('Today'), [...totalRows(today), ...limit]);
  }
  return tooltip;
}

function appendTable(
  tooltip: vscode.MarkdownString,
  title: string,
  rows: readonly ReceiptRow[],
): void {
  tooltip.appendMarkdown(`**${title}**\n\n| | |\n|:--|--:|\n`);
  for (const { label, value } of rows) {
    tooltip.appendMarkdown(`| ${label} | ${escapeCell(value)} |\n`);
  }
  tooltip.appendMarkdown('\n');
}

/** Model ids and stop reasons come from the network: they are text here, nothing else. */
function escapeCell(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+.!|<>~-]/g, '\\$&');
}

/** At most two changes a second: a figure that races can't be read, nor heard. */
const updateMs = 500;

/** The usage item in the status bar; a click opens the usage view. Hidden until the first reply. */
export function registerUsageStatus(
  usage: UsageTotals,
  settings: SettingsReader,
  running: Pick<RunningReplies, 'all' | 'onDidChange'>,
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    'claudeStream.usage',
    vscode.StatusBarAlignment.Right,
    100,
  );
  item.name = vscode.l10n.t('Claude Usage');
  item.command = commandIds.showUsage;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { last } = usage;
    if (last === null) {
      // The first reply has ended, and has used nothing.
      item.hide();
      return;
    }
    item.text = statusText(last);
    item.tooltip = usageTooltip(last, usage, settings.read().dailyBudget, running.all.length > 0);
    item.accessibilityInformation = { label: statusLabel(last), role: 'button' };
    item.show();
  };
  const subscription = usage.onDidChange(() => {
    // The first figure and the last are shown at once.
    if (!usage.isStreaming || usage.last?.connecting) update();
    else timer ??= setTimeout(update, updateMs);
  });
  return vscode.Disposable.from(
    item,
    subscription,
    // Stop comes and goes with the replies, also with those that have no figures yet.
    running.onDidChange(update),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
