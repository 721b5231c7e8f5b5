import * as vscode from 'vscode';
import { displayTitle } from '../../core/history/history-index.ts';
import { confirmDeletion } from '../notifications.ts';
import { ConversationList, conversationLabel, type HistoryStorage } from './conversation-list.ts';
import type { OpenConversation } from './conversation-store.ts';

/** The panels as history needs them. */
export interface ConversationPanels {
  /** What the panel in use shows; null where there is no panel. */
  readonly open: OpenConversation | null;
  /** A conversation that one of them shows; else null. */
  find(id: string): OpenConversation | null;
  /**
   * Shows a stored conversation in the place of the panel in use, or in another beside it. One that
   * is shown already is only brought into view.
   */
  openStored(id: string, where: 'here' | 'beside'): Promise<void>;
  /** Shows a new conversation in the place of the panel in use. */
  startNew(): Promise<void>;
  /** Shows a new conversation in another panel. */
  startBeside(): Promise<void>;
  /** Whether a reply streams in this conversation's panel; in any panel without an id. */
  isStreaming(id?: string): boolean;
  /** Closes the panel that shows it, also while a reply streams there: the caller has asked. */
  closePanel(id: string): Promise<void>;
  closeAllPanels(): Promise<void>;
}

export interface HistoryServices {
  readonly storage: HistoryStorage;
  readonly panels: ConversationPanels;
}

/** Asks first: it can't be taken back. One that is shown is put away. */
export async function deleteConversation(deps: HistoryServices, id: string): Promise<void> {
  const { storage: places, panels } = deps;
  const list = new ConversationList(places);
  const listed = await list.find(id);
  if (listed === null) return;
  const question = vscode.l10n.t('Delete “{0}”?', conversationLabel(listed));
  if (!(await confirmDeletion(question, streamingWarning(panels, id)))) return;
  await panels.closePanel(id);
  await list.delete(id);
}

/** As `deleteConversation`, for every one on this machine. */
export async function deleteAllConversations({
  storage: places,
  panels,
}: HistoryServices): Promise<void> {
  const count = (await places.conversations.list()).length;
  if (count === 0 && panels.open === null) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no conversations.'));
    return;
  }
  const question =
    count === 1
      ? vscode.l10n.t('Delete the one conversation?')
      : vscode.l10n.t('Delete all {0} conversations?', count);
  if (!(await confirmDeletion(question, streamingWarning(panels)))) return;
  await panels.closeAllPanels();
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Deleting conversations'),
    },
    () => new ConversationList(places).deleteAll(),
  );
}

/** Part of the one question: a second one would come after the user has said Delete. */
function streamingWarning(panels: ConversationPanels, id?: string): string {
  return panels.isStreaming(id)
    ? vscode.l10n.t('Claude is still answering in the conversation that is open.')
    : '';
}

const maxNameLength = 120;

/** Asks for a name; an empty one gives the conversation its first question's words back. */
export async function renameConversation(places: HistoryStorage, id: string): Promise<void> {
  const list = new ConversationList(places);
  const listed = await list.find(id);
  if (listed === null) return;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename Conversation'),
    value: displayTitle(listed),
    prompt: vscode.l10n.t('Leave it empty for the words of the first question.'),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.length > maxNameLength
        ? vscode.l10n.t('At most {0} characters.', maxNameLength)
        : undefined,
  });
  if (name === undefined) return;
  const newName = name.trim().replace(/\s+/g, ' ');
  if (newName !== displayTitle(listed)) await list.rename(id, newName);
}
