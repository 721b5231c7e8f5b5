import * as vscode from 'vscode';
import { actionLabel, runAction } from './run-action.ts';

export interface NotificationButton {
  readonly label: string;
  readonly run: () => void;
}

/** For what is explained in the log alone. */
export function logButton(): NotificationButton {
  return { label: actionLabel('show-log'), run: () => runAction('show-log', () => {}) };
}

/** One notification, for failures that have no panel to stand in. */
export async function showFailure(
  message: string,
  buttons: readonly NotificationButton[],
): Promise<void> {
  const pressed = await vscode.window.showErrorMessage(
    message,
    ...buttons.map(({ label }) => label),
  );
  buttons.find(({ label }) => label === pressed)?.run();
}
