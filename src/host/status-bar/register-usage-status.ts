import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { SettingsReader } from '../settings-reader.ts';
import { statusLabel, statusText, usageTooltip } from './usage-text.ts';
import type { UsageTotals } from './usage-totals.ts';

/** At most two changes a second: a figure that races can't be read, nor heard. */
const updateMs = 500;

/** The usage item in the status bar; a click opens the usage view. Hidden until the first reply. */
export function registerUsageStatus(
  usage: UsageTotals,
  settings: SettingsReader,
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
    if (last === null) return;
    item.text = statusText(last);
    item.tooltip = usageTooltip(last, usage, settings.read().dailyBudget);
    item.accessibilityInformation = { label: statusLabel(last), role: 'button' };
    item.show();
  };
  const subscription = usage.onDidChange(() => {
    // The first figure and the last are shown at once.
    if (!usage.isStreaming) update();
    else timer ??= setTimeout(update, updateMs);
  });
  return vscode.Disposable.from(
    item,
    subscription,
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
