import * as vscode from 'vscode';
import { type FileRun, wasCancelled } from '../../core/batches/file-run.ts';
import { getRunTitle } from '../../core/batches/results-markdown.ts';
import type { FileRuns } from './file-runs.ts';
import { openResults } from './run-notifications.ts';

interface RunRow extends vscode.QuickPickItem {
  readonly run: FileRun;
}

interface ActionRow extends vscode.QuickPickItem {
  readonly run: () => Promise<void> | void;
}

/** Lists the runs, newest first, and what can be done with the one that is chosen. */
export async function showBatches(runs: FileRuns): Promise<void> {
  const listed = await runs.store.list();
  if (listed.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No prompt was run on files yet, or all of them were removed.'),
    );
    return;
  }
  const title = vscode.l10n.t('Batches');
  const rows = listed.map((run) => runRow(run, runs));
  const chosen = await vscode.window.showQuickPick<RunRow>(rows, { title });
  if (chosen === undefined) return;
  const { run } = chosen;
  const action = await vscode.window.showQuickPick<ActionRow>(actionRows(run, runs), {
    title: getRunTitle(run, vscode.l10n),
  });
  await action?.run();
}

function runRow(run: FileRun, runs: FileRuns): RunRow {
  const { plan } = run;
  const when = new Date(plan.at).toLocaleString(vscode.env.language);
  const how = plan.mode === 'batch' ? vscode.l10n.t('batch') : vscode.l10n.t('one by one');
  return {
    label: getRunTitle(run, vscode.l10n),
    description: `${stateText(run, runs)} · ${how} · ${when}`,
    run,
  };
}

function stateText(run: FileRun, runs: FileRuns): string {
  const { plan, answers, hasEnded, batchId, isMissing, isRemoving } = run;
  if (wasCancelled(run)) return vscode.l10n.t('cancelled');
  if (hasEnded) return vscode.l10n.t('ended');
  if (plan.mode === 'batch') {
    if (isRemoving) return vscode.l10n.t('removed as soon as it is cancelled');
    if (isMissing) return vscode.l10n.t('not found at the API');
    if (runs.isCancelling(plan.id)) return vscode.l10n.t('cancelling');
    return batchId === null
      ? vscode.l10n.t('whether it was sent isn’t known yet')
      : vscode.l10n.t('at the API');
  }
  return runs.isActive(plan.id)
    ? vscode.l10n.t('{0} of {1}', answers.size, plan.items.length)
    : vscode.l10n.t('interrupted at {0} of {1}', answers.size, plan.items.length);
}

function actionRows(run: FileRun, runs: FileRuns): readonly ActionRow[] {
  const { plan, answers, hasEnded } = run;
  const rows: ActionRow[] = [];
  if (answers.size > 0 || hasEnded) {
    rows.push({
      label: vscode.l10n.t('Open Results'),
      description: vscode.l10n.t('{0} of {1}', answers.size, plan.items.length),
      run: () => openResults(run),
    });
  }
  const isActive = runs.isActive(plan.id);
  if (!hasEnded && plan.mode === 'batch') {
    rows.push({ label: vscode.l10n.t('Ask the API Now'), run: () => runs.pollNow(run) });
  }
  if (!hasEnded && (isActive || plan.mode === 'batch')) {
    rows.push({
      label: vscode.l10n.t('Cancel'),
      description: vscode.l10n.t('what is answered already stays'),
      run: () => runs.stop(run),
    });
  }
  rows.push({
    label: vscode.l10n.t('Remove'),
    description: vscode.l10n.t('with its answers, from this machine'),
    run: () => confirmAndRemove(run, runs),
  });
  return rows;
}

/** Asks first: it can't be taken back. */
async function confirmAndRemove(run: FileRun, runs: FileRuns): Promise<void> {
  const yes = vscode.l10n.t('Remove');
  const question = vscode.l10n.t('Remove “{0}”?', getRunTitle(run, vscode.l10n));
  const detail = run.hasEnded
    ? vscode.l10n.t('This can’t be undone.')
    : vscode.l10n.t('It hasn’t ended: it is cancelled, and its answers are lost.');
  const options = { modal: true, detail };
  const pressed = await vscode.window.showWarningMessage(question, options, yes);
  if (pressed === yes) await runs.remove(run);
}
