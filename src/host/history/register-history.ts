import * as vscode from 'vscode';
import { isObject, isString } from '../../core/guard.ts';
import { commandIds } from '../command-ids.ts';
import type { CommandId, Commands } from '../commands.ts';
import { chooseAndExport } from './choose-export.ts';
import { deleteAllConversations, deleteConversation } from './delete-conversations.ts';
import type { HistoryDeps } from './history-deps.ts';
import { pickConversation } from './history-pick.ts';
import { renameConversation } from './rename-conversation.ts';

/** A node of the view, or what a keybinding brings along. */
const isAbout = isObject({ conversationId: isString });

export function registerHistory(commands: Commands, deps: HistoryDeps): vscode.Disposable {
  const { places, panels } = deps;
  /**
   * About the conversation that is named, or the one in the panel in use; else one is to be chosen.
   */
  const registerAbout = (
    command: CommandId,
    run: (id: string) => Promise<void>,
  ): vscode.Disposable =>
    commands.register(command, (about: unknown) => {
      const id = isAbout(about) ? about.conversationId : panels.open?.id;
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
