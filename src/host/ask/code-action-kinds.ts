import * as vscode from 'vscode';

/** Not a refactoring: a kind of its own. */
export const explainKind = vscode.CodeActionKind.Empty.append('explain');
export const problemKind = vscode.CodeActionKind.QuickFix.append('claude');
