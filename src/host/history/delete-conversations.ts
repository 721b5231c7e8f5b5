import * as vscode from 'vscode';
import { confirmDeletion } from '../confirm-deletion.ts';
import { ConversationList } from './conversation-list.ts';
import type { HistoryDeps } from './history-deps.ts';
import { titleOf } from './listed-words.ts';

/** Asks first: it can't be taken back. One that is shown is put away. */
export async function deleteConversation(deps: HistoryDeps, id: string): Promise<void> {
  const { places, panels } = deps;
  const list = new ConversationList(places);
  const listed = await list.find(id);
  if (listed === null) return;
  const question = vscode.l10n.t('Delete “{0}”?', titleOf(listed));
  if (!(await confirmDeletion(question))) return;
  if (!(await panels.putAway(id))) return;
  await list.delete(id);
}

/** As `deleteConversation`, for every one on this machine. */
export async function deleteAllConversations({ places, panels }: HistoryDeps): Promise<void> {
  const count = (await places.conversations.list()).length;
  if (count === 0 && panels.open === null) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no conversations.'));
    return;
  }
  const question =
    count === 1
      ? vscode.l10n.t('Delete the one conversation?')
      : vscode.l10n.t('Delete all {0} conversations?', count);
  if (!(await confirmDeletion(question))) return;
  if (!(await panels.putAllAway())) return;
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Deleting conversations'),
    },
    () => new ConversationList(places).deleteAll(),
  );
}
