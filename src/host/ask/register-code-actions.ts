import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';

/** Not a refactoring: a kind of its own. */
const explainKind = vscode.CodeActionKind.Empty.append('explain');
const problemKind = vscode.CodeActionKind.QuickFix.append('claude');

/** The lightbulb's entries on a selection and on a problem. */
export function registerCodeActions(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    '*',
    {
      provideCodeActions({ uri }, range, { diagnostics, only, triggerKind }): vscode.CodeAction[] {
        // On save VS Code runs whatever kinds a workspace's settings name: nothing of ours is sent so.
        const isOnSave = triggerKind === vscode.CodeActionTriggerKind.Automatic;
        if (isOnSave && only !== undefined) return [];
        const make = (
          title: string,
          kind: vscode.CodeActionKind,
          command: string,
          about: unknown[],
        ) => {
          const action = new vscode.CodeAction(title, kind);
          action.command = { command, title, arguments: about };
          return action;
        };
        const actions: vscode.CodeAction[] = [];
        const [first, ...others] = diagnostics;
        if (first !== undefined) {
          const where = [uri, others.reduce((all, other) => all.union(other.range), first.range)];
          actions.push(
            make(
              vscode.l10n.t('Explain this problem'),
              problemKind,
              commandIds.explainProblem,
              where,
            ),
            make(vscode.l10n.t('Fix with Claude'), problemKind, commandIds.fixProblem, where),
          );
          for (const action of actions) action.diagnostics = [...diagnostics];
        }
        if (!range.isEmpty) {
          const title = vscode.l10n.t('Explain with Claude');
          actions.push(make(title, explainKind, commandIds.explainSelection, []));
        }
        return actions;
      },
    },
    { providedCodeActionKinds: [explainKind, problemKind] },
  );
}
