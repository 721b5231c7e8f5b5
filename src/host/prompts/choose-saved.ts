import * as vscode from 'vscode';
import { editorVariablesOf } from '../../core/prompt/template.ts';
import { editorFacts } from '../context/editor-facts.ts';
import { editorInUse } from '../editor/selected.ts';
import { fillIn } from './fill-in.ts';
import { listPrompts } from './list-prompts.ts';
import { pickPrompt } from './prompt-pick.ts';
import { recentPrompts } from './recent-prompts.ts';

/** Where saved prompts are. */
export interface SavedPromptDeps {
  /** Where the user's own are; it needn't exist yet. */
  readonly userFolder: vscode.Uri;
  /** Which were used last, shared by all windows. */
  readonly memory: vscode.Memento;
}

/** A saved prompt with its variables filled in. */
export interface SavedWords {
  readonly name: string;
  readonly text: string;
}

/**
 * A saved prompt for something else than asking at once; null where none is chosen.
 * @param about without an editor those prompts are left out that take something from one
 */
export async function chooseSaved(
  { userFolder, memory }: SavedPromptDeps,
  title: string,
  about: 'editor' | 'no editor',
): Promise<SavedWords | null> {
  const { variables } = editorFacts(editorInUse());
  const chosen = await pickPrompt({
    title,
    placeholder: vscode.l10n.t('Choose a saved prompt'),
    filter: '',
    list: listPrompts(userFolder),
    recents: recentPrompts(memory),
    keeps: ({ source }) => {
      if (source.kind === 'built-in') return false;
      const needs = source.read.ok ? editorVariablesOf(source.read.file.template).size : 0;
      return about === 'editor' || needs === 0;
    },
  });
  if (chosen === null || chosen.source.kind === 'built-in' || !chosen.source.read.ok) return null;
  const { name } = chosen;
  const text = await fillIn(name, chosen.source.read.file, variables, null);
  return text === null ? null : { name, text };
}
