import * as vscode from 'vscode';
import { promptOf } from '../ask/prompt-of.ts';
import { commandIds } from '../command-ids.ts';
import type { CommandId, Commands } from '../commands.ts';
import type { LazyReplacements } from './lazy-replacements.ts';
import type { Replacements } from './replacements.ts';

export function registerReplace(
  commands: Commands,
  replacements: LazyReplacements,
): vscode.Disposable {
  const register = (
    command: CommandId,
    run: (loaded: Replacements, asked: unknown) => Promise<void>,
  ): vscode.Disposable =>
    commands.register(command, async (asked: unknown) => run(await replacements.load(), asked));
  return vscode.Disposable.from(
    register(commandIds.replaceSelection, (loaded, asked) =>
      loaded.replaceSelection(vscode.window.activeTextEditor, promptOf(asked)),
    ),
    register(commandIds.acceptReplacement, (loaded) => loaded.accept()),
    register(commandIds.acceptHunk, (loaded) => loaded.acceptHunk()),
    register(commandIds.rejectReplacement, (loaded) => loaded.reject()),
  );
}
