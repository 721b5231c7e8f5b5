import * as vscode from 'vscode';
import type { ReplaceChoice } from './replace-choices.ts';

interface Row extends vscode.QuickPickItem {
  readonly words: ReplaceChoice['words'];
}

/**
 * Asks what is to be done: one of the choices, or the user's own words. Null where it is nothing.
 */
export async function pickReplaceWords(choices: readonly ReplaceChoice[]): Promise<string | null> {
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = vscode.l10n.t('Replace the Selection');
  pick.placeholder = vscode.l10n.t('Choose, or say in your own words what is to be done');
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.items = choices;
  const picked = await new Promise<Row | undefined>((resolve) => {
    pick.onDidChangeValue((value) => {
      pick.items = value.trim() === '' ? choices : [...choices, ownWords(value.trim())];
    });
    pick.onDidAccept(() => {
      const [row] = pick.activeItems;
      const value = pick.value.trim();
      if (row !== undefined) resolve(row);
      // Typed and sent before VS Code has made the row of it the active one.
      else if (value !== '') resolve(ownWords(value));
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  return picked === undefined ? null : picked.words();
}

function ownWords(words: string): Row {
  return {
    label: words,
    description: vscode.l10n.t('in your own words'),
    alwaysShow: true,
    words: () => Promise.resolve(words),
  };
}
