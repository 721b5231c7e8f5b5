import type * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import type { CompareParts } from './compare-models.ts';

export function registerCompareCommand(commands: Commands, parts: CompareParts): vscode.Disposable {
  return commands.register(commandIds.compareModels, async () => {
    // The build turns this import into a chunk of its own.
    const { compareModels } = await import('./compare-models.ts');
    await compareModels(parts);
  });
}
