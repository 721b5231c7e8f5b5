import * as vscode from 'vscode';
import type { FileRun, RunPlan } from '../../core/batches/file-run.ts';
import { resultsMarkdown, titleOf, totalLine } from '../../core/batches/results-markdown.ts';
import { describeFailure } from '../../core/claude/describe-failure.ts';
import type { Failure } from '../../core/claude/failure.ts';
import { actionLabel, runAction } from '../failures/run-action.ts';
import { showFailure } from '../failures/show-failure.ts';

/** A new document, the user's own. */
export async function openResults(run: FileRun): Promise<void> {
  const content = resultsMarkdown(run, vscode.l10n);
  const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** A batch may end in the middle of something else: its results are offered. */
export function tellEnded(run: FileRun): void {
  const open = vscode.l10n.t('Open Results');
  const told = vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The batch “{0}” has ended. {1}',
      titleOf(run, vscode.l10n),
      totalLine(run, vscode.l10n),
    ),
    open,
  );
  void told.then((pressed) => (pressed === open ? openResults(run) : undefined));
}

/** Nobody's batch but the user's own is cancelled. */
export function tellUncertain(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The connection broke when this batch was sent. Whether the one that was found is yours shows with its results, so it isn’t cancelled.',
    ),
  );
}

/** @param failure why; null where the API was asked and does not have it */
export function tellUnsent(plan: RunPlan, failure: Failure | null): void {
  if (failure !== null) {
    tellFailed(failure, null);
    return;
  }
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The batch “{0}” wasn’t found at the API: most likely it was never sent. Run it again.',
      titleOf({ plan }, vscode.l10n),
    ),
  );
}

/** @param followAgain null where there is nothing to follow */
export function tellFailed(failure: Failure, followAgain: (() => void) | null): void {
  const { message, action } = describeFailure(failure, vscode.l10n);
  const buttons =
    action === 'retry'
      ? []
      : [{ label: actionLabel(action), run: () => runAction(action, () => {}) }];
  if (followAgain !== null) buttons.push({ label: vscode.l10n.t('Try Again'), run: followAgain });
  void showFailure(message, buttons);
}
