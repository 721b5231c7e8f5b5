import * as vscode from 'vscode';
import { builtInPrompts } from '../../core/prompt/built-in-prompts.ts';
import { translateText } from '../../core/prompt/translate-prompt.ts';
import { chooseSaved, type SavedPromptDeps } from '../prompts/choose-saved.ts';

/** Something that can be done with a selection. */
export interface ReplaceChoice {
  readonly label: string;
  readonly detail: string;
  /** What Claude is asked; null where the user was asked for more and gave up. */
  readonly words: () => Promise<string | null>;
}

/** What Replace Selection… offers, in this order. */
export function replaceChoices(saved: SavedPromptDeps): readonly ReplaceChoice[] {
  return [
    ...builtInPrompts('replacement', vscode.l10n).map(({ title, description, text }) => ({
      label: title,
      detail: description,
      words: () => Promise.resolve(text),
    })),
    {
      label: vscode.l10n.t('Translate…'),
      detail: vscode.l10n.t('Into another programming language, or another language of people'),
      words: askForTranslation,
    },
    {
      label: vscode.l10n.t('Saved Prompt…'),
      detail: vscode.l10n.t('Yours, or this workspace’s'),
      words: async () => {
        const title = vscode.l10n.t('Replace the Selection');
        return (await chooseSaved(saved, title, 'editor'))?.text ?? null;
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
