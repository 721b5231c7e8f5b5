import * as vscode from 'vscode';
import type { LeftOut, RunMode } from '../../core/batches/file-run.ts';
import { formatCost } from '../../core/conversation/format-figures.ts';
import { figure } from '../../core/conversation/receipt-rows.ts';
import { languageOf } from '../../core/l10n.ts';
import type { RunCount } from './count-run.ts';
import { atOnce } from './run-now.ts';

interface ModeRow extends vscode.QuickPickItem {
  readonly mode: RunMode | null;
}

/**
 * How a run goes, with what each way costs: the last word before it is sent. Null where it isn't.
 * @param canBatch false in a browser: the API's addresses for batches take no requests from one (CORS)
 */
export async function chooseMode(
  title: string,
  count: RunCount,
  leftOut: readonly LeftOut[],
  canBatch: boolean,
): Promise<RunMode | null> {
  const tokens = vscode.l10n.t(
    '{0} tokens of input',
    figure(count.tokens, languageOf(vscode.l10n), !count.exact),
  );
  const rows = modeRows(count, leftOut, canBatch);
  for (;;) {
    const chosen = await vscode.window.showQuickPick(rows, {
      title: `${title} · ${tokens}`,
      placeHolder: vscode.l10n.t(
        'This doesn’t stream: nobody watches so many replies at once, so each comes whole.',
      ),
      ignoreFocusOut: true,
    });
    if (chosen === undefined) return null;
    if (chosen.mode !== null) return chosen.mode;
  }
}

function modeRows(
  count: RunCount,
  leftOut: readonly LeftOut[],
  canBatch: boolean,
): readonly ModeRow[] {
  const rows: ModeRow[] = [
    {
      label: vscode.l10n.t('$(package) Batch, half the price'),
      description: canBatch ? costText(count, 'batch') : vscode.l10n.t('not from a browser'),
      detail: canBatch
        ? vscode.l10n.t('Within 24 hours, usually minutes. It goes on while VS Code is closed.')
        : vscode.l10n.t('The API takes no batches from browsers (CORS).'),
      mode: canBatch ? 'batch' : null,
    },
    {
      label: vscode.l10n.t('$(zap) Now, {0} at a time', atOnce),
      description: costText(count, 'now'),
      detail: vscode.l10n.t('While this window is open.'),
      mode: 'now',
    },
  ];
  if (leftOut.length > 0) {
    rows.push({
      label:
        leftOut.length === 1
          ? vscode.l10n.t('$(warning) 1 file is left out')
          : vscode.l10n.t('$(warning) {0} files are left out', leftOut.length),
      detail: leftOut
        .map(({ file, reason }) => vscode.l10n.t('{0}: {1}', file, reason))
        .join(' · '),
      mode: null,
    });
  }
  return rows;
}

function costText(count: RunCount, mode: RunMode): string {
  const cost = count.cost(mode);
  if (cost === null) return vscode.l10n.t('the price of this model isn’t known');
  return vscode.l10n.t(
    '{0} for the input; the output comes on top',
    `${count.exact ? '' : '≈'}${formatCost(cost, languageOf(vscode.l10n))}`,
  );
}
