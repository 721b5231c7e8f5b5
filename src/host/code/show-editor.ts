import * as vscode from 'vscode';

/**
 * Gives an editor the focus. It may be behind another tab, and only a shown one can be edited. One
 * within another, a notebook's cell or a side of a diff, stays there while it is shown: VS Code would
 * open its document as a tab of its own.
 */
export async function showEditor(
  editor: vscode.TextEditor,
): Promise<vscode.TextEditor | undefined> {
  const { document, viewColumn } = editor;
  if (viewColumn === undefined && vscode.window.visibleTextEditors.includes(editor)) return editor;
  const shown = await vscode.window.showTextDocument(document, {
    ...(viewColumn === undefined ? {} : { viewColumn }),
    preserveFocus: false,
  });
  if (shown.document === document) return shown;
  // Right after a change of tabs VS Code may give the editor that stood in this place before.
  return vscode.window.visibleTextEditors.find((other) => other.document === document);
}
