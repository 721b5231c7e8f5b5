import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { Asker } from './asker.ts';
import { languageOf, promptOf } from './prompt-of.ts';

export function registerAskCommands(asker: Asker): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.explainSelection, () => asker.explainSelection()),
    vscode.commands.registerCommand(commandIds.ask, (asked: unknown) => asker.ask(promptOf(asked))),
    vscode.commands.registerCommand(commandIds.askInDocument, (asked: unknown) =>
      asker.ask(promptOf(asked), 'document', languageOf(asked)),
    ),
    vscode.commands.registerCommand(commandIds.askAtCursor, (asked: unknown) =>
      asker.askAtCursor(promptOf(asked)),
    ),
  );
}
