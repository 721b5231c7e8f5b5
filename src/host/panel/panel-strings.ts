import * as vscode from 'vscode';
import type { PanelStrings } from '../../core/protocol.ts';
import { actionLabel } from '../failures/run-action.ts';

export function panelStrings(): PanelStrings {
  return {
    connecting: vscode.l10n.t('Connecting…'),
    waiting: vscode.l10n.t('Waiting for the first word…'),
    thinking: vscode.l10n.t('Thinking…'),
    writing: vscode.l10n.t('Writing…'),
    stillWorking: vscode.l10n.t('Still working… {0}'),
    retryIn: vscode.l10n.t('In {0} s…'),
    'retry-now': vscode.l10n.t('Retry Now'),
    continue: vscode.l10n.t('Continue'),
    stop: vscode.l10n.t('Stop'),
    retry: actionLabel('retry'),
    copy: vscode.l10n.t('Copy'),
    copied: vscode.l10n.t('Copied'),
    'set-api-key': actionLabel('set-api-key'),
    'choose-model': actionLabel('choose-model'),
    'open-base-url-setting': actionLabel('open-base-url-setting'),
    'show-log': actionLabel('show-log'),
    emptyTitle: vscode.l10n.t('Ask about what is on your screen'),
    emptyText: vscode.l10n.t(
      'Select some text and run Claude: Explain Selection, or run Claude: Ask… from the Command Palette.',
    ),
    replyLabel: vscode.l10n.t('Reply'),
    receiptLabel: vscode.l10n.t('Receipt'),
    started: vscode.l10n.t('Asked Claude'),
    finished: vscode.l10n.t('The reply is complete'),
    insertCode: vscode.l10n.t('Insert at Cursor'),
    newFile: vscode.l10n.t('New File'),
    wrapLines: vscode.l10n.t('Wrap Lines'),
    code: vscode.l10n.t('Code'),
    codeIn: vscode.l10n.t('{0} code'),
  };
}
