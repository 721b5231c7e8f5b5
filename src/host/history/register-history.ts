import * as vscode from 'vscode';
import { isObject, isString } from '../../core/guard.ts';
import { commandIds, historyView } from '../command-ids.ts';
import type { CommandId, Commands } from '../commands.ts';
import type { HistoryDeps } from './history-deps.ts';
import { loadHistory } from './load-history.ts';

type HistoryChunk = Awaited<ReturnType<typeof loadHistory>>;

/** A node of the view, or what a keybinding brings along. */
const isAbout = isObject({ conversationId: isString });

/** History's commands: what they do is loaded by the first of them. */
export function registerHistory(commands: Commands, deps: HistoryDeps): vscode.Disposable {
  const { places, panels } = deps;
  const register = (
    id: CommandId,
    run: (chunk: HistoryChunk) => Promise<void>,
  ): vscode.Disposable => commands.register(id, async () => run(await loadHistory()));
  /**
   * About the conversation that is named, or the one in the panel in use; else one is to be chosen.
   */
  const registerAbout = (
    command: CommandId,
    run: (chunk: HistoryChunk, id: string) => Promise<void>,
  ): vscode.Disposable =>
    commands.register(command, async (about: unknown) => {
      const chunk = await loadHistory();
      const id = isAbout(about) ? about.conversationId : panels.open?.id;
      await (id === undefined ? chunk.pickConversation(deps) : run(chunk, id));
    });
  return vscode.Disposable.from(
    commands.register(commandIds.newConversation, () => panels.startNew()),
    commands.register(commandIds.newPanel, () => panels.startBeside()),
    register(commandIds.history, ({ pickConversation }) => pickConversation(deps)),
    register(commandIds.deleteAllConversations, (chunk) => chunk.deleteAllConversations(deps)),
    registerAbout(commandIds.openConversation, (_, id) => panels.openStored(id, 'here')),
    registerAbout(commandIds.openInAnotherPanel, (_, id) => panels.openStored(id, 'beside')),
    registerAbout(commandIds.renameConversation, (chunk, id) =>
      chunk.renameConversation(places, id),
    ),
    registerAbout(commandIds.deleteConversation, (chunk, id) => chunk.deleteConversation(deps, id)),
    registerAbout(commandIds.exportConversation, (chunk, id) => chunk.chooseAndExport(deps, id)),
  );
}

/** The list as a view of the Explorer. */
export function registerHistoryView({ places }: HistoryDeps): vscode.Disposable {
  return vscode.window.registerTreeDataProvider<vscode.TreeItem>(historyView, {
    onDidChangeTreeData: places.changed.event,
    getTreeItem: (node) => node,
    getChildren: async (node) => (await loadHistory()).historyChildren(places, node),
  });
}
