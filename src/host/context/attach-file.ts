import * as vscode from 'vscode';
import { editorInUse } from '../editor/selected.ts';
import type { Panels } from '../panel/panels.ts';
import { wholeFile } from './whole-file.ts';

/**
 * Puts a whole file among what goes with the panel's next question.
 * @param given the file that a menu was opened on; else the one in the editor
 */
export async function attachFile(panels: Pick<Panels, 'attach'>, given: unknown): Promise<void> {
  const uri = given instanceof vscode.Uri ? given : editorInUse()?.document.uri;
  const document = uri === undefined ? null : await openText(uri);
  const file = document === null ? null : wholeFile(document);
  if (file !== null) await panels.attach([file]);
  else if (uri === undefined)
    tell(vscode.l10n.t('Open the file that should go with the question first.'));
  else tell(vscode.l10n.t('{0} has no text to send.', vscode.workspace.asRelativePath(uri)));
}

/** Null where it is no text: VS Code refuses what is binary, too large or a folder. */
async function openText(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return null;
  }
}

function tell(sentence: string): void {
  void vscode.window.showInformationMessage(sentence);
}
