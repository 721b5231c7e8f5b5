import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import type { Asker } from './asker.ts';
import { languageOf, promptOf } from './prompt-of.ts';

export function registerAskCommands(commands: Commands, asker: Asker): vscode.Disposable {
  return vscode.Disposable.from(
    commands.register(commandIds.explainSelection, () => asker.explainSelection()),
    commands.register(commandIds.ask, (asked: unknown) => asker.ask(promptOf(asked))),
    commands.register(commandIds.askInDocument, (asked: unknown) =>
      asker.ask(promptOf(asked), 'document', languageOf(asked)),
    ),
    commands.register(commandIds.askAtCursor, (asked: unknown) =>
      asker.askAtCursor(promptOf(asked)),
    ),
  );
}
