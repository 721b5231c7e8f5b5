import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import { promptCommands } from './prompt-commands.ts';
import type { Prompts } from './prompts.ts';
import type { PromptsDeps } from './prompts-deps.ts';

/**
 * Prompts, context, commit messages and the preview: what they do is loaded by the first of them.
 */
export function registerPrompts(commands: Commands, deps: PromptsDeps): vscode.Disposable {
  let prompts: Prompts | undefined;
  return vscode.Disposable.from(
    new vscode.Disposable(() => prompts?.dispose()),
    ...promptCommands.map((command) =>
      commands.register(commandIds[command], async (...given: unknown[]) => {
        const loaded = await import('./prompts.ts');
        prompts ??= new loaded.Prompts(deps);
        await prompts.run(command, given);
      }),
    ),
  );
}
