import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { PromptsDeps } from './prompts-deps.ts';

type PromptsChunk = typeof import('./prompts.ts');

/** Run, New and Edit Prompt: what they do is loaded by the first of them. */
export function registerPrompts(deps: PromptsDeps): vscode.Disposable {
  const register = (
    id: string,
    run: (chunk: PromptsChunk, given: unknown) => Promise<void>,
  ): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (given: unknown) =>
      run(await import('./prompts.ts'), given),
    );
  return vscode.Disposable.from(
    register(commandIds.runPrompt, (chunk, given) => chunk.runPrompt(deps, given)),
    register(commandIds.newPrompt, (chunk) => chunk.newPrompt(deps.userFolder)),
    register(commandIds.editPrompt, (chunk) => chunk.editPrompt(deps)),
  );
}
