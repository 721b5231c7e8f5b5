import * as vscode from 'vscode';
import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import { failureActionLabel } from '../notifications.ts';
import { escapeAttribute, webviewPage } from '../webview-page.ts';

export interface PanelResources {
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUris: readonly string[];
  /** Loaded by the page itself, under the same nonce, once there is code to colour. */
  readonly highlighterUri: string;
}

/** The panel's page. @param language of the strings, as BCP 47 has it */
export function panelHtml(
  resources: PanelResources,
  conversationId: string,
  strings: PanelStrings,
  language: string,
): string {
  const context = JSON.stringify({ webviewSection: 'transcript' });
  const { highlighterUri, ...page } = resources;
  return webviewPage({
    ...page,
    language,
    title: 'Claude',
    data: {
      'conversation-id': conversationId,
      strings: JSON.stringify(strings),
      highlighter: highlighterUri,
    },
    body: `<main>
<h1 class="unseen">${escapeAttribute(strings.pageTitle)}</h1>
<div id="transcript" data-vscode-context="${escapeAttribute(context)}"></div>
</main>
<form id="composer" class="composer"></form>
<div id="announcer" class="unseen" role="status" aria-live="polite"></div>`,
  });
}

/** @param firstUse what leaves the machine, where it is to be said now */
export function panelStrings(firstUse = ''): PanelStrings {
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
    retry: failureActionLabel('retry'),
    'retry-with': vscode.l10n.t('Retry with…'),
    copy: vscode.l10n.t('Copy'),
    copied: vscode.l10n.t('Copied'),
    'copy-request-id': vscode.l10n.t('Copy Request ID'),
    'set-api-key': failureActionLabel('set-api-key'),
    'choose-model': failureActionLabel('choose-model'),
    'open-base-url-setting': failureActionLabel('open-base-url-setting'),
    'show-log': failureActionLabel('show-log'),
    emptyTitle: vscode.l10n.t('Ask about what is on your screen'),
    emptyText: vscode.l10n.t(
      'Select some text, right-click on it and choose Explain with Claude. Or:',
    ),
    emptyAsk: vscode.l10n.t('sends the question that you write below'),
    emptyAttach: vscode.l10n.t('in an editor attaches what is selected there'),
    emptyStop: vscode.l10n.t('stops a reply; what was written stays'),
    firstUse,
    replyLabel: vscode.l10n.t('Reply {0}'),
    moreBelow: vscode.l10n.t('More below'),
    pageTitle: vscode.l10n.t('Conversation with Claude'),
    receiptLabel: vscode.l10n.t('Receipt'),
    composerLabel: vscode.l10n.t('Ask a follow-up'),
    composerHint: vscode.l10n.t('Ask a follow-up… (Enter sends, Shift+Enter breaks the line)'),
    firstLabel: vscode.l10n.t('Ask a question'),
    firstHint: vscode.l10n.t('Ask a question… (Enter sends, Shift+Enter breaks the line)'),
    send: vscode.l10n.t('Send'),
    attach: vscode.l10n.t('Attach Selection'),
    detach: vscode.l10n.t('Remove {0}'),
    queued: vscode.l10n.t('Sent when the reply ends:'),
    unqueue: vscode.l10n.t('Take back “{0}”'),
    chooseModel: vscode.l10n.t('Model: {0}. Choose another…'),
    chooseEffort: vscode.l10n.t('{0}. Choose another…'),
    askAbout: vscode.l10n.t('Ask about This'),
    edit: vscode.l10n.t('Edit'),
    editQuestion: vscode.l10n.t('Edit “{0}”'),
    cancel: vscode.l10n.t('Cancel'),
    previousBranch: vscode.l10n.t('Previous version'),
    nextBranch: vscode.l10n.t('Next version'),
    branchOf: vscode.l10n.t('Version {0} of {1}'),
    started: vscode.l10n.t('Asked Claude'),
    redacted: vscode.l10n.t('Secrets redacted before sending'),
    changedSince: vscode.l10n.t('changed since'),
    finished: vscode.l10n.t('The reply is complete'),
    insertCode: vscode.l10n.t('Insert at Cursor'),
    replaceCode: vscode.l10n.t('Replace Selection'),
    newFile: vscode.l10n.t('New File'),
    explainCode: vscode.l10n.t('Explain This'),
    wrapLines: vscode.l10n.t('Wrap Lines'),
    code: vscode.l10n.t('Code'),
    codeIn: vscode.l10n.t('{0} code'),
  };
}
