import * as vscode from 'vscode';
import { isObject, isString } from '../../core/guard.ts';
import { commandIds } from '../command-ids.ts';
import type { Asker } from './asker.ts';

export function registerAskCommands(asker: Asker): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.explainSelection, () => asker.explainSelection()),
    vscode.commands.registerCommand(commandIds.ask, (asked: unknown) => asker.ask(promptOf(asked))),
    vscode.commands.registerCommand(commandIds.askInDocument, (asked: unknown) =>
      asker.ask(promptOf(asked), 'document'),
    ),
  );
}

/** A keybinding may bring its question: `"args": { "prompt": "Write a test for this" }`. */
const isAsked = isObject({ prompt: isString });

function promptOf(asked: unknown): string | null {
  return isAsked(asked) && asked.prompt.trim() !== '' ? asked.prompt.trim() : null;
}
