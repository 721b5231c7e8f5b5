import * as vscode from 'vscode';
import { isListOf, isString } from '../../core/guard.ts';
import { needsEditor } from '../../core/prompt/template.ts';
import { currentEditor } from '../editor/read-selections.ts';
import { fillInPrompt, readEditorContext } from './fill-in-prompt.ts';
import { listPrompts } from './prompt-files.ts';
import { pickPrompt } from './prompt-pick.ts';

const recentPromptsKey = 'recentPrompts';
const maxRecentPrompts = 30;

const isIds = isListOf(isString);

/** The ids of the prompts that were run, the last one first. */
export function recentPrompts(memory: vscode.Memento): readonly string[] {
  const kept = memory.get<unknown>(recentPromptsKey);
  return isIds(kept) ? kept : [];
}

export async function rememberPrompt(memory: vscode.Memento, id: string): Promise<void> {
  const others = recentPrompts(memory).filter((other) => other !== id);
  await memory.update(recentPromptsKey, [id, ...others].slice(0, maxRecentPrompts));
}

/** Where saved prompts are. */
export interface SavedPromptStore {
  /** Where the user's own are; it needn't exist yet. */
  readonly userFolder: vscode.Uri;
  /** Which were used last, shared by all windows. */
  readonly memory: vscode.Memento;
}

/** A saved prompt with its variables filled in. */
interface FilledPrompt {
  readonly name: string;
  readonly text: string;
}

/**
 * A saved prompt for something else than asking at once; null where none is chosen.
 * @param about without an editor those prompts are left out that take something from one
 */
export async function chooseSavedPrompt(
  { userFolder, memory }: SavedPromptStore,
  title: string,
  about: 'editor' | 'no editor',
): Promise<FilledPrompt | null> {
  const { variables } = readEditorContext(currentEditor());
  const chosen = await pickPrompt({
    title,
    placeholder: vscode.l10n.t('Choose a saved prompt'),
    filter: '',
    list: listPrompts(userFolder),
    recents: recentPrompts(memory),
    isIncluded: ({ source }) => {
      if (source.kind === 'built-in') return false;
      return about === 'editor' || !source.read.ok || !needsEditor(source.read.file.template);
    },
  });
  if (chosen === null || chosen.source.kind === 'built-in' || !chosen.source.read.ok) return null;
  const { name } = chosen;
  const text = await fillInPrompt(name, chosen.source.read.file, variables, null);
  return text === null ? null : { name, text };
}
