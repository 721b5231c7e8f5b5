import * as vscode from 'vscode';
import type { FailureAction } from '../../core/claude/describe-failure.ts';
import { actionLabel, runAction } from './run-action.ts';

/** One notification with one action, for failures that have no panel to stand in. */
export async function showFailure(
  message: string,
  action: FailureAction,
  retry: () => void,
): Promise<void> {
  const label = actionLabel(action);
  const pressed = await vscode.window.showErrorMessage(message, label);
  if (pressed === label) runAction(action, retry);
}
