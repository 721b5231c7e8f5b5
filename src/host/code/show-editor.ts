import * as vscode from 'vscode';

/** Gives an editor the focus. It may be behind another tab, and only a shown one can be edited. */
export async function showEditor({
  document,
  viewColumn,
}: vscode.TextEditor): Promise<vscode.TextEditor | undefined> {
  const shown = await vscode.window.showTextDocument(document, {
    ...(viewColumn === undefined ? {} : { viewColumn }),
    preserveFocus: false,
  });
  if (shown.document === document) return shown;
  // Right after a change of tabs VS Code may give the editor that stood in this place before.
  return vscode.window.visibleTextEditors.find((editor) => editor.document === document);
}
