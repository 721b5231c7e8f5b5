import * as vscode from 'vscode';

/**
 * Opens code as a new document that was never saved, in the editor's column, or beside the panel
 * where there is no editor. Nothing is written to disk.
 * @param language VS Code's identifier; plain text where no extension knows it
 */
export async function openNewFile(
  content: string,
  language: string,
  column: vscode.ViewColumn | undefined,
): Promise<void> {
  const known = await vscode.languages.getLanguages();
  const document = await vscode.workspace.openTextDocument({
    language: known.includes(language) ? language : 'plaintext',
    content,
  });
  await vscode.window.showTextDocument(document, {
    viewColumn: column ?? vscode.ViewColumn.Beside,
    preview: false,
  });
}
