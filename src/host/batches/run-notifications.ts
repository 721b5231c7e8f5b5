import * as vscode from 'vscode';
import { type FileRun, type RunPlan, wasCancelled } from '../../core/batches/file-run.ts';
import { formatResults, getRunTitle, totalLine } from '../../core/batches/results-markdown.ts';
import { describeFailure, describeRetryReason } from '../../core/claude/describe-failure.ts';
import type { Failure } from '../../core/claude/failure.ts';
import {
  failureActionLabel,
  type NotificationButton,
  runFailureAction,
  showFailure,
} from '../notifications.ts';
import type { RunProgress } from './run-services.ts';

/**
 * Shows a run while it goes on: as a notification with Cancel, which may be closed without ending
 * it, or in the status bar.
 */
export async function showRunProgress<T>(
  plan: RunPlan,
  location: vscode.ProgressLocation,
  stop: () => void,
  go: (report: (step: RunProgress) => void) => Promise<T>,
): Promise<T> {
  const name = getRunTitle({ plan }, vscode.l10n);
  const title =
    plan.mode === 'batch'
      ? vscode.l10n.t('Claude batch “{0}”', name)
      : vscode.l10n.t('Claude: “{0}”', name);
  return vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, token) => {
      const subscription = token.onCancellationRequested(stop);
      const total = plan.items.length;
      let shown = 0;
      const done = await go((step) => {
        const answered = step.type === 'progress' ? step.answered : shown;
        const increment = ((answered - shown) * 100) / total;
        shown = answered;
        progress.report({ message: stepText(step, plan), increment });
      });
      subscription.dispose();
      return done;
    },
  );
}

function stepText(step: RunProgress, { mode, items }: RunPlan): string {
  switch (step.type) {
    case 'progress':
      return mode === 'batch'
        ? vscode.l10n.t(
            'Sent. It goes on while VS Code is closed; within 24 hours, usually minutes.',
          )
        : vscode.l10n.t('{0} of {1}', step.answered, items.length);
    case 'canceling':
      return vscode.l10n.t('Cancelling. What is answered already stays.');
    case 'looking':
      return vscode.l10n.t('Looking whether the API has it.');
    case 'retrying': {
      const reason = describeRetryReason(step.failure, vscode.l10n);
      return vscode.l10n.t('{0} Trying again in {1} s.', reason, Math.ceil(step.waitMs / 1000));
    }
  }
}

/** A new document, the user's own. */
export async function openResults(run: FileRun): Promise<void> {
  const content = formatResults(run, vscode.l10n);
  const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** A batch may end in the middle of something else: its results are offered. */
export function notifyEnded(run: FileRun): void {
  const open = vscode.l10n.t('Open Results');
  const name = getRunTitle(run, vscode.l10n);
  const total = totalLine(run, vscode.l10n);
  const told = vscode.window.showInformationMessage(
    wasCancelled(run)
      ? vscode.l10n.t('The batch “{0}” was cancelled. {1}', name, total)
      : vscode.l10n.t('The batch “{0}” has ended. {1}', name, total),
    open,
  );
  void told.then((pressed) => (pressed === open ? openResults(run) : undefined));
}

/** Nobody's batch but the user's own is cancelled. */
export function notifyUncertain(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The connection broke when this batch was sent. Whether the one that was found is yours shows with its results, so it isn’t cancelled.',
    ),
  );
}

/** It isn't said again: whoever wants to know looks into the list. */
export function notifyMissing(plan: RunPlan): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The batch “{0}” wasn’t found at the API: most likely it was never sent. It stays in the list of batches until you remove it.',
      getRunTitle({ plan }, vscode.l10n),
    ),
  );
}

/** @param followAgain null where there is nothing to follow */
export function notifyFailed(failure: Failure, followAgain: (() => void) | null): void {
  const { message, action } = describeFailure(failure, vscode.l10n);
  const buttons: NotificationButton[] = [];
  if (action !== 'retry') {
    const again = (): void => followAgain?.();
    const run = (): void => void runFailureAction(action, again);
    buttons.push({ label: failureActionLabel(action), run });
  }
  if (followAgain !== null) buttons.push({ label: vscode.l10n.t('Try Again'), run: followAgain });
  void showFailure(message, buttons);
}
