import * as vscode from 'vscode';
import type { CheckAction } from '../../core/check/step.ts';
import { commandIds } from '../command-ids.ts';
import {
  actionLabel as failureActionLabel,
  runAction as runFailureAction,
} from '../failures/run-action.ts';

/** As beside a failed reply, and what only a connection needs. */
export function actionLabel(action: CheckAction): string {
  switch (action) {
    case 'set-header-secret':
      return vscode.l10n.t('Set Header Secret');
    case 'open-proxy-setting':
      return vscode.l10n.t('Proxy Settings');
    default:
      return failureActionLabel(action);
  }
}

export function runAction(action: CheckAction): void {
  switch (action) {
    case 'set-header-secret':
      void vscode.commands.executeCommand(commandIds.setHeaderSecret);
      return;
    case 'open-proxy-setting':
      void vscode.commands.executeCommand('workbench.action.openSettings', 'http.proxy');
      return;
    default:
      // None of these asks anything again.
      runFailureAction(action, () => {});
  }
}
