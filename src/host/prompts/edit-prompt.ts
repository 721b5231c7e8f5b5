import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import { listPrompts } from './list-prompts.ts';
import { pickPrompt } from './prompt-pick.ts';
import type { RunPromptDeps } from './prompts-deps.ts';
import { recentPrompts } from './recent-prompts.ts';

/** Opens a prompt file that is chosen: the user's own or the workspace's. */
export async function editPrompt({ userFolder, workspace, memory }: RunPromptDeps): Promise<void> {
  const list = listPrompts(userFolder, workspace);
  const { prompts } = await list;
  if (prompts.every(({ source }) => source.kind === 'built-in')) {
    const create = vscode.l10n.t('New Prompt…');
    const message = vscode.l10n.t('There is no prompt file yet.');
    const pressed = await vscode.window.showInformationMessage(message, create);
    if (pressed === create) await vscode.commands.executeCommand(commandIds.newPrompt);
    return;
  }
  const chosen = await pickPrompt({
    title: vscode.l10n.t('Edit Prompt'),
    placeholder: vscode.l10n.t('Which one?'),
    filter: '',
    list,
    recents: recentPrompts(memory),
    keeps: ({ source }) => source.kind !== 'built-in',
  });
  if (chosen === null || chosen.source.kind === 'built-in') return;
  await vscode.window.showTextDocument(chosen.source.uri);
}
