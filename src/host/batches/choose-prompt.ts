import * as vscode from 'vscode';
import { builtInPrompts } from '../../core/prompt/built-in-prompts.ts';
import { chooseSaved, type SavedPromptDeps } from '../prompts/choose-saved.ts';

/** What is asked about each file. */
export interface FilePrompt {
  /** As it is called, or its own words. */
  readonly name: string;
  readonly text: string;
}

/** The way to prompts. Null where none is chosen. */
export type ChoosePrompt = (title: string) => Promise<FilePrompt | null>;

interface PromptRow extends vscode.QuickPickItem {
  readonly prompt: () => Promise<FilePrompt | null>;
}

/** Ours, a saved one, or the user's own words. */
export function choosePromptWith(saved: SavedPromptDeps): ChoosePrompt {
  return async (title) => {
    const rows = [...ownRows(), ...otherRows(saved, title)];
    const chosen = await vscode.window.showQuickPick(rows, {
      title,
      placeHolder: vscode.l10n.t('What is asked about each file'),
      ignoreFocusOut: true,
    });
    return chosen === undefined ? null : chosen.prompt();
  };
}

async function askForWords(title: string): Promise<FilePrompt | null> {
  const written = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('What is asked about each file'),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Type a question.') : null),
  });
  const text = written?.trim() ?? '';
  return text === '' ? null : { name: text, text };
}

function otherRows(saved: SavedPromptDeps, title: string): readonly PromptRow[] {
  return [
    {
      label: vscode.l10n.t('Saved Prompt…'),
      description: vscode.l10n.t('those that need no editor'),
      prompt: () => chooseSaved(saved, title, 'no editor'),
    },
    { label: vscode.l10n.t('In Your Own Words…'), prompt: () => askForWords(title) },
  ];
}

function ownRows(): readonly PromptRow[] {
  return builtInPrompts('files', vscode.l10n).map(({ title, description, text }) => ({
    label: title,
    description,
    prompt: () => Promise.resolve({ name: title, text }),
  }));
}
