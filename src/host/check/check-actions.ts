import * as vscode from 'vscode';
import type { CheckAction } from '../../core/check/step.ts';
import { commandIds } from '../command-ids.ts';
import { openSetting } from '../settings-reader.ts';

export function actionLabel(action: CheckAction): string {
  switch (action) {
    case 'set-api-key':
      return vscode.l10n.t('Set API Key');
    case 'set-header-secret':
      return vscode.l10n.t('Set Header Secret');
    case 'choose-model':
      return vscode.l10n.t('Choose Model');
    case 'open-base-url-setting':
      return vscode.l10n.t('Check Base URL');
    case 'open-proxy-setting':
      return vscode.l10n.t('Proxy Settings');
  }
}

export function runAction(action: CheckAction): void {
  switch (action) {
    case 'set-api-key':
      void vscode.commands.executeCommand(commandIds.setApiKey);
      return;
    case 'set-header-secret':
      void vscode.commands.executeCommand(commandIds.setHeaderSecret);
      return;
    case 'choose-model':
      void vscode.commands.executeCommand(commandIds.chooseModel);
      return;
    case 'open-base-url-setting':
      openSetting('baseUrl');
      return;
    case 'open-proxy-setting':
      void vscode.commands.executeCommand('workbench.action.openSettings', 'http.proxy');
      return;
  }
}
