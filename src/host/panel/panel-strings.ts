import * as vscode from 'vscode';
import type { PanelStrings } from '../../core/protocol.ts';
import { actionLabel } from '../failures/run-action.ts';

export function panelStrings(): PanelStrings {
  return {
    connecting: vscode.l10n.t('Connecting…'),
    waiting: vscode.l10n.t('Waiting for the first word…'),
    thinking: vscode.l10n.t('Thinking…'),
    thoughtFor: vscode.l10n.t('Thought for {0}'),
    thinkingNotShown: vscode.l10n.t(
      'What the model thought isn’t shown. The setting {0} asks for a summary.',
      'claudeStream.showThinking',
    ),
    writing: vscode.l10n.t('Writing…'),
    tokensSoFar: vscode.l10n.t('≈{0} tokens'),
    stillWorking: vscode.l10n.t('Still working… {0}'),
    retryIn: vscode.l10n.t('In {0} s…'),
    'retry-now': vscode.l10n.t('Retry Now'),
    continue: vscode.l10n.t('Continue'),
    stop: vscode.l10n.t('Stop'),
    retry: actionLabel('retry'),
    'retry-with': vscode.l10n.t('Retry with…'),
    copy: vscode.l10n.t('Copy'),
    copied: vscode.l10n.t('Copied'),
    'copy-request-id': vscode.l10n.t('Copy Request ID'),
    'set-api-key': actionLabel('set-api-key'),
    'choose-model': actionLabel('choose-model'),
    'open-base-url-setting': actionLabel('open-base-url-setting'),
    'show-log': actionLabel('show-log'),
    emptyTitle: vscode.l10n.t('Ask about what is on your screen'),
    emptyText: vscode.l10n.t(
      'Select some text and run Claude: Explain Selection, or run Claude: Ask… from the Command Palette.',
    ),
    replyLabel: vscode.l10n.t('Reply {0}'),
    moreBelow: vscode.l10n.t('More below'),
    pageTitle: vscode.l10n.t('Conversation with Claude'),
    receiptLabel: vscode.l10n.t('Receipt'),
    composerLabel: vscode.l10n.t('Ask a follow-up'),
    composerHint: vscode.l10n.t('Ask a follow-up… (Enter sends, Shift+Enter breaks the line)'),
    send: vscode.l10n.t('Send'),
    attach: vscode.l10n.t('Attach Selection'),
    detach: vscode.l10n.t('Remove {0}'),
    edit: vscode.l10n.t('Edit'),
    cancel: vscode.l10n.t('Cancel'),
    previousBranch: vscode.l10n.t('Previous version'),
    nextBranch: vscode.l10n.t('Next version'),
    branchOf: vscode.l10n.t('Version {0} of {1}'),
    started: vscode.l10n.t('Asked Claude'),
    finished: vscode.l10n.t('The reply is complete'),
  };
}
