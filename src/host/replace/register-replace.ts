import * as vscode from 'vscode';
import { promptOf } from '../ask/prompt-of.ts';
import { commandIds } from '../command-ids.ts';
import type { LazyReplacements } from './lazy-replacements.ts';
import type { Replacements } from './replacements.ts';

export function registerReplace(replacements: LazyReplacements): vscode.Disposable {
  const register = (
    command: string,
    run: (loaded: Replacements, asked: unknown) => Promise<void>,
  ): vscode.Disposable =>
    vscode.commands.registerCommand(command, async (asked: unknown) =>
      run(await replacements.load(), asked),
    );
  return vscode.Disposable.from(
    register(commandIds.replaceSelection, (loaded, asked) =>
      loaded.replaceSelection(vscode.window.activeTextEditor, promptOf(asked)),
    ),
    register(commandIds.acceptReplacement, (loaded) => loaded.accept()),
    register(commandIds.acceptHunk, (loaded) => loaded.acceptHunk()),
    register(commandIds.rejectReplacement, (loaded) => loaded.reject()),
  );
}
