import * as vscode from 'vscode';
import { receiptRows } from '../../core/conversation/receipt-rows.ts';
import { commandIds } from '../command-ids.ts';
import { statusLabel, statusText, totalRows, usageTooltip } from './usage-text.ts';
import type { UsageTotals } from './usage-totals.ts';

/** At most two changes a second: a figure that races can't be read, nor heard. */
const updateMs = 500;

/** The usage item in the status bar and the command behind it. Hidden until the first reply. */
export function registerUsageStatus(usage: UsageTotals): vscode.Disposable {
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
    const { last, totals } = usage;
    if (last === null) return;
    item.text = statusText(last);
    item.tooltip = usageTooltip(last, totals);
    item.accessibilityInformation = { label: statusLabel(last), role: 'button' };
    item.show();
  };
  const subscription = usage.onDidChange(() => {
    // The first figure and the last are shown at once.
    if (usage.last?.streaming === false) update();
    else timer ??= setTimeout(update, updateMs);
  });
  return vscode.Disposable.from(
    item,
    subscription,
    new vscode.Disposable(() => clearTimeout(timer)),
    vscode.commands.registerCommand(commandIds.showUsage, () => showUsage(usage)),
  );
}

/** The figures as a list; choosing one copies it. */
async function showUsage({ last, totals }: UsageTotals): Promise<void> {
  if (last === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no usage yet in this window.'),
    );
    return;
  }
  const separator = (label: string): vscode.QuickPickItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const rows = (list: readonly { label: string; value: string }[]): vscode.QuickPickItem[] =>
    list.map(({ label, value }) => ({ label, description: value }));
  const picked = await vscode.window.showQuickPick(
    [
      separator(vscode.l10n.t('Last reply')),
      ...rows(receiptRows(last.receipt, vscode.l10n)),
      separator(vscode.l10n.t('This window')),
      ...rows(totalRows(totals)),
    ],
    {
      title: vscode.l10n.t('Claude Usage'),
      placeHolder: vscode.l10n.t('Choose a line to copy its value'),
      matchOnDescription: true,
    },
  );
  if (picked?.description !== undefined) await vscode.env.clipboard.writeText(picked.description);
}
