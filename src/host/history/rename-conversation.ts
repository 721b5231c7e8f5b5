import * as vscode from 'vscode';
import { listedTitle } from '../../core/history/index-replay.ts';
import { ConversationList } from './conversation-list.ts';
import type { HistoryPlaces } from './history-places.ts';

const longestName = 120;

/** Asks for a name; an empty one gives the conversation its first question's words back. */
export async function renameConversation(places: HistoryPlaces, id: string): Promise<void> {
  const list = new ConversationList(places);
  const listed = await list.find(id);
  if (listed === null) return;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename Conversation'),
    value: listedTitle(listed),
    prompt: vscode.l10n.t('Leave it empty for the words of the first question.'),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.length > longestName
        ? vscode.l10n.t('At most {0} characters.', longestName)
        : undefined,
  });
  if (name === undefined) return;
  const given = name.trim().replace(/\s+/g, ' ');
  if (given !== listedTitle(listed)) await list.rename(id, given);
}
