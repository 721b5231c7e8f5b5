import * as vscode from 'vscode';
import type { FailureAction } from '../../core/claude/describe-failure.ts';
import { commandIds } from '../command-ids.ts';
import { openSetting } from '../settings-reader.ts';

/** What a button beside a failure is called. */
export function actionLabel(action: FailureAction): string {
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

/** @param retry asks the same thing again, where the failure belongs to a question */
export function runAction(action: FailureAction, retry: () => void): void {
  switch (action) {
    case 'set-api-key':
      void vscode.commands.executeCommand(commandIds.setApiKey);
      return;
    case 'choose-model':
      void vscode.commands.executeCommand(commandIds.chooseModel);
      return;
    case 'open-base-url-setting':
      openSetting('baseUrl');
      return;
    case 'show-log':
      void vscode.commands.executeCommand(commandIds.showLog);
      return;
    case 'retry':
      retry();
      return;
  }
}
