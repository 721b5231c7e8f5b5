import * as vscode from 'vscode';
import type { FailureAction } from '../core/claude/failure.ts';
import { commandIds } from './command-ids.ts';
import { settingCommand } from './settings-reader.ts';

/** What a button beside a failure is called. */
export function failureActionLabel(action: FailureAction): string {
  switch (action) {
    case 'set-api-key':
      return vscode.l10n.t('Set API Key');
    case 'choose-model':
      return vscode.l10n.t('Choose Model');
    case 'open-base-url-setting':
      return vscode.l10n.t('Check Base URL');
    case 'retry':
      return vscode.l10n.t('Retry');
    case 'show-log':
      return vscode.l10n.t('Show Log');
  }
}

/** The button as a command, for VS Code to show; null where it asks the same thing again. */
export function failureActionCommand(action: FailureAction): vscode.Command | null {
  const title = failureActionLabel(action);
  switch (action) {
    case 'set-api-key':
      return { title, command: commandIds.setApiKey };
    case 'choose-model':
      return { title, command: commandIds.chooseModel };
    case 'open-base-url-setting':
      return { title, ...settingCommand('baseUrl') };
    case 'show-log':
      return { title, command: commandIds.showLog };
    case 'retry':
      return null;
  }
}

/**
 * Does what helps against a failure; once there is another key, the question goes on.
 * @param retry asks the same thing again, where the failure belongs to a question
 */
export async function runFailureAction(action: FailureAction, retry: () => void): Promise<void> {
  const command = failureActionCommand(action);
  const result: unknown =
    command === null ||
    (await vscode.commands.executeCommand(command.command, ...(command.arguments ?? [])));
  if (command === null || (action === 'set-api-key' && result === true)) retry();
}

export interface NotificationButton {
  readonly label: string;
  readonly run: () => void;
}

/** For what is explained in the log alone. */
export function showLogButton(): NotificationButton {
  return {
    label: failureActionLabel('show-log'),
    run: () => void runFailureAction('show-log', () => {}),
  };
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

/**
 * Asks before what can't be taken back; true where the user wants it.
 * @param warning what else the user should know, in a sentence
 */
export async function confirmDeletion(question: string, warning = ''): Promise<boolean> {
  const yes = vscode.l10n.t('Delete');
  const detail = [warning, vscode.l10n.t('This can’t be undone.')].join(' ').trim();
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}
