import * as vscode from 'vscode';
import type { RunPlan } from '../../core/batches/file-run.ts';
import { titleOf } from '../../core/batches/results-markdown.ts';
import { reasonToRetry } from '../../core/claude/describe-failure.ts';
import type { RunStep } from './run-parts.ts';

/**
 * Shows a run while it goes on: as a notification with Cancel, which may be closed without ending
 * it, or in the status bar.
 */
export async function showRunProgress<T>(
  plan: RunPlan,
  location: vscode.ProgressLocation,
  stop: () => void,
  go: (report: (step: RunStep) => void) => Promise<T>,
): Promise<T> {
  const name = titleOf({ plan }, vscode.l10n);
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

function stepText(step: RunStep, { mode, items }: RunPlan): string {
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
      const reason = reasonToRetry(step.failure, vscode.l10n);
      return vscode.l10n.t('{0} Trying again in {1} s.', reason, Math.ceil(step.waitMs / 1000));
    }
  }
}
