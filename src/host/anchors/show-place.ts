import * as vscode from 'vscode';

/** Shows a place of a document; of a notebook's cell the cell, in its notebook. */
export async function showPlace(
  document: vscode.TextDocument,
  selection: vscode.Range,
  viewColumn: vscode.ViewColumn,
): Promise<void> {
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cell = notebook.getCells().find((candidate) => candidate.document === document);
    if (cell === undefined) continue;
    const selections = [new vscode.NotebookRange(cell.index, cell.index + 1)];
    await vscode.window.showNotebookDocument(notebook, { viewColumn, selections });
    const isCell = (editor: vscode.TextEditor): boolean => editor.document === document;
    const editor = vscode.window.visibleTextEditors.find(isCell);
    if (editor !== undefined) {
      editor.selection = new vscode.Selection(selection.start, selection.end);
    }
    return;
  }
  await vscode.window.showTextDocument(document, { viewColumn, selection });
}
