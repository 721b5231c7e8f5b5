import * as vscode from 'vscode';

/** A document and the column of its editor. */
export interface DocumentPlace {
  readonly document: vscode.TextDocument;
  readonly column: vscode.ViewColumn | undefined;
}

/** Its editor may be behind another tab, and only a shown one can be edited. */
export async function showDocument({
  document,
  column,
}: DocumentPlace): Promise<vscode.TextEditor | undefined> {
  const shown = await vscode.window.showTextDocument(document, {
    ...(column === undefined ? {} : { viewColumn: column }),
    preserveFocus: false,
    preview: false,
  });
  if (shown.document === document) return shown;
  // Right after a change of tabs VS Code may give the editor that stood in this place before.
  return vscode.window.visibleTextEditors.find((editor) => editor.document === document);
}
