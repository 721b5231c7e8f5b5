import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { Asker } from './asker.ts';

export function registerAskCommands(asker: Asker): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.explainSelection, () => asker.explainSelection()),
    vscode.commands.registerCommand(commandIds.ask, () => asker.ask()),
    vscode.commands.registerCommand(commandIds.askInDocument, () => asker.ask('document')),
  );
}
