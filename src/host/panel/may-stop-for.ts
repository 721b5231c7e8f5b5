import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';

/** Whether these may be closed: asks where a reply still streams in one. */
export async function mayStopFor(conversations: readonly Conversation[]): Promise<boolean> {
  const streams = conversations.some(({ turns }) =>
    turns.some(({ reply }) => reply.outcome === null),
  );
  if (!streams) return true;
  const stop = vscode.l10n.t('Stop It');
  const question = vscode.l10n.t('Claude is still answering in the conversation that is open.');
  const detail = vscode.l10n.t('What there is of its reply is kept, and can go on later.');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, stop)) === stop;
}
