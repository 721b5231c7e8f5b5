import * as vscode from 'vscode';

export interface NotificationButton {
  readonly label: string;
  readonly run: () => void;
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
