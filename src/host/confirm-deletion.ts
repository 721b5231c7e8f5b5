import * as vscode from 'vscode';

/** Asks before what can't be taken back; true where the user wants it. */
export async function confirmDeletion(question: string): Promise<boolean> {
  const yes = vscode.l10n.t('Delete');
  const detail = vscode.l10n.t('This can’t be undone.');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}
