import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import { explainKind, problemKind } from './code-action-kinds.ts';

/** The lightbulb's entries on a selection and on a problem. */
export function provideCodeActions(
  { uri }: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const selection = range.isEmpty ? [] : [explainSelection()];
  const [first, ...others] = diagnostics;
  if (first === undefined) return selection;
  const where = [uri, others.reduce((all, other) => all.union(other.range), first.range)];
  return [
    aboutProblem(
      vscode.l10n.t('Explain this problem with Claude'),
      commandIds.explainProblem,
      where,
      diagnostics,
    ),
    aboutProblem(vscode.l10n.t('Fix with Claude'), commandIds.fixProblem, where, diagnostics),
    ...selection,
  ];
}

function explainSelection(): vscode.CodeAction {
  const title = vscode.l10n.t('Explain with Claude');
  const action = new vscode.CodeAction(title, explainKind);
  action.command = { command: commandIds.explainSelection, title };
  return action;
}

function aboutProblem(
  title: string,
  command: string,
  where: unknown[],
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, problemKind);
  action.command = { command, title, arguments: where };
  action.diagnostics = [...diagnostics];
  return action;
}
