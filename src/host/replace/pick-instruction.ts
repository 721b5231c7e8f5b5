import * as vscode from 'vscode';
import { listBuiltInPrompts } from '../../core/prompt/built-in-prompts.ts';
import { translateText } from '../../core/prompt/task-prompts.ts';
import { chooseSavedPrompt, type SavedPromptStore } from '../prompts/saved-prompts.ts';

/** Something that can be done with a selection. */
interface ReplaceChoice {
  readonly label: string;
  readonly detail: string;
  /** What Claude is asked; null where the user was asked for more and gave up. */
  readonly instruction: () => Promise<string | null>;
}

/** What Replace Selection… offers, in this order. */
export function replaceChoices(saved: SavedPromptStore): readonly ReplaceChoice[] {
  return [
    ...listBuiltInPrompts('replacement', vscode.l10n).map(({ title, description, text }) => ({
      label: title,
      detail: description,
      instruction: () => Promise.resolve(text),
    })),
    {
      label: vscode.l10n.t('Translate…'),
      detail: vscode.l10n.t('Into another programming language, or another language of people'),
      instruction: askForTranslation,
    },
    {
      label: vscode.l10n.t('Saved Prompt…'),
      detail: vscode.l10n.t('Yours, or this workspace’s'),
      instruction: async () => {
        const title = vscode.l10n.t('Replace the Selection');
        return (await chooseSavedPrompt(saved, title, 'editor'))?.text ?? null;
      },
    },
  ];
}

async function askForTranslation(): Promise<string | null> {
  const language = await vscode.window.showInputBox({
    title: vscode.l10n.t('Translate the Selection'),
    prompt: vscode.l10n.t('Into which language?'),
    placeHolder: vscode.l10n.t('Such as Python, or French for its comments and texts'),
    ignoreFocusOut: true,
  });
  if (language === undefined || language.trim() === '') return null;
  return translateText(language.trim());
}

interface Row extends vscode.QuickPickItem {
  readonly instruction: ReplaceChoice['instruction'];
}

/**
 * Asks what is to be done: one of the choices, or the user's own words. Null where it is nothing.
 */
export async function pickInstruction(choices: readonly ReplaceChoice[]): Promise<string | null> {
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = vscode.l10n.t('Replace the Selection');
  pick.placeholder = vscode.l10n.t('Choose, or say in your own words what is to be done');
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.items = choices;
  const picked = await new Promise<Row | undefined>((resolve) => {
    pick.onDidChangeValue((value) => {
      pick.items = value.trim() === '' ? choices : [...choices, freeInstructionRow(value.trim())];
    });
    pick.onDidAccept(() => {
      const [row] = pick.activeItems;
      const value = pick.value.trim();
      if (row !== undefined) resolve(row);
      // Typed and sent before VS Code has made the row of it the active one.
      else if (value !== '') resolve(freeInstructionRow(value));
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  return picked === undefined ? null : picked.instruction();
}

function freeInstructionRow(words: string): Row {
  return {
    label: words,
    description: vscode.l10n.t('in your own words'),
    alwaysShow: true,
    instruction: () => Promise.resolve(words),
  };
}
