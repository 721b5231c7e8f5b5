import * as vscode from 'vscode';
import { promptOf } from '../ask/prompt-of.ts';
import { commandIds } from '../command-ids.ts';
import type { LazyReplacements } from './lazy-replacements.ts';

export function registerReplace(replacements: LazyReplacements): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand(commandIds.replaceSelection, async (asked: unknown) => {
      const editor = vscode.window.activeTextEditor;
      await (await replacements.load()).replaceSelection(editor, promptOf(asked));
    }),
    registerCommand(commandIds.acceptReplacement, async () => {
      await (await replacements.load()).accept();
    }),
    registerCommand(commandIds.acceptHunk, async () => {
      await (await replacements.load()).acceptHunk();
    }),
    registerCommand(commandIds.rejectReplacement, async () => {
      await (await replacements.load()).reject();
    }),
  );
}
