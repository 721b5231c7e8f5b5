import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';

/** Not a refactoring and not a fix: a kind of its own, so that it never runs on save. */
const explainKind = vscode.CodeActionKind.Empty.append('explain');

/** The lightbulb's entry on a selection. */
export function registerExplainAction(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    '*',
    {
      provideCodeActions(_document, range): vscode.CodeAction[] {
        if (range.isEmpty) return [];
        const title = vscode.l10n.t('Explain with Claude');
        const action = new vscode.CodeAction(title, explainKind);
        action.command = { command: commandIds.explainSelection, title };
        return [action];
      },
    },
    { providedCodeActionKinds: [explainKind] },
  );
}
