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
  const document = await newDocument(known.includes(language) ? language : 'plaintext', content);
  await vscode.window.showTextDocument(document, {
    viewColumn: column ?? vscode.ViewColumn.Beside,
    preview: false,
  });
}

/**
 * VS Code gives the name of a new document that was just closed again, and may give what is left of
 * that document with it: then the next one is another.
 */
async function newDocument(
  language: string,
  content: string,
  triesLeft = 3,
): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  const isNew = document.getText().replaceAll('\r\n', '\n') === content.replaceAll('\r\n', '\n');
  return isNew || triesLeft === 0 ? document : newDocument(language, content, triesLeft - 1);
}
