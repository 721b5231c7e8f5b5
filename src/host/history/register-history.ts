import * as vscode from 'vscode';
import { isObject, isString } from '../../core/guard.ts';
import { commandIds } from '../command-ids.ts';
import type { CommandId, Commands } from '../commands.ts';
import { chooseAndExport } from './export-conversation.ts';
import { pickConversation } from './history-pick.ts';
import {
  deleteAllConversations,
  deleteConversation,
  type HistoryServices,
  renameConversation,
} from './manage-conversations.ts';

/** A node of the view, or what a keybinding brings along. */
const hasConversationId = isObject({ conversationId: isString });

export function registerHistory(commands: Commands, deps: HistoryServices): vscode.Disposable {
  const { storage: places, panels } = deps;
  /**
   * About the conversation that is named, or the one in the panel in use; else one is to be chosen.
   */
  const registerAbout = (
    command: CommandId,
    run: (id: string) => Promise<void>,
  ): vscode.Disposable =>
    commands.register(command, (about: unknown) => {
      const id = hasConversationId(about) ? about.conversationId : panels.open?.id;
      return id === undefined ? pickConversation(deps) : run(id);
    });
  return vscode.Disposable.from(
    commands.register(commandIds.newConversation, () => panels.startNew()),
    commands.register(commandIds.newPanel, () => panels.startBeside()),
    commands.register(commandIds.history, () => pickConversation(deps)),
    commands.register(commandIds.deleteAllConversations, () => deleteAllConversations(deps)),
    registerAbout(commandIds.openConversation, (id) => panels.openStored(id, 'here')),
    registerAbout(commandIds.openInAnotherPanel, (id) => panels.openStored(id, 'beside')),
    registerAbout(commandIds.renameConversation, (id) => renameConversation(places, id)),
    registerAbout(commandIds.deleteConversation, (id) => deleteConversation(deps, id)),
    registerAbout(commandIds.exportConversation, (id) => chooseAndExport(deps, id)),
  );
}
