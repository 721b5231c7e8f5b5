import * as vscode from 'vscode';

/** What is asked about each file. */
export interface FilePrompt {
  /** As it is called, or its own words. */
  readonly name: string;
  readonly text: string;
}

/** The way to prompts: whatever lists saved ones can stand in its place. Null where none is chosen. */
export type ChoosePrompt = (title: string) => Promise<FilePrompt | null>;

interface PromptRow extends vscode.QuickPickItem {
  readonly text: string | null;
}

/** Ours, or the user's own words. */
export const choosePrompt: ChoosePrompt = async (title) => {
  const chosen = await vscode.window.showQuickPick(promptRows(), {
    title,
    placeHolder: vscode.l10n.t('What is asked about each file'),
    ignoreFocusOut: true,
  });
  if (chosen === undefined) return null;
  if (chosen.text !== null) return { name: chosen.label, text: chosen.text };
  const written = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('What is asked about each file'),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Type a question.') : null),
  });
  const text = written?.trim() ?? '';
  return text === '' ? null : { name: text, text };
};

function promptRows(): readonly PromptRow[] {
  return [
    {
      label: vscode.l10n.t('Explain'),
      description: vscode.l10n.t('what each file does, and how'),
      text:
        'Explain this file: first what it is for in a sentence or two, then how it does it. Point out ' +
        'what is surprising. Be brief where the code is plain.',
    },
    {
      label: vscode.l10n.t('Review'),
      description: vscode.l10n.t('bugs and weaknesses, the worst first'),
      text:
        'Review this file. List what is wrong, the worst first, each with its lines, why it is wrong, ' +
        'and how to mend it. Leave out matters of taste. Say so where nothing is wrong.',
    },
    {
      label: vscode.l10n.t('Summarise'),
      description: vscode.l10n.t('three sentences each'),
      text: 'Say in at most three sentences what this file is for and what it offers to others.',
    },
    { label: vscode.l10n.t('In Your Own Words…'), text: null },
  ];
}
