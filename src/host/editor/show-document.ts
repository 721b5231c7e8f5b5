import * as vscode from 'vscode';

/** A document and the column of its editor. */
interface DocumentLocation {
  readonly document: vscode.TextDocument;
  readonly column: vscode.ViewColumn | undefined;
}

/** Its editor may be behind another tab, and only a shown one can be edited. */
export async function showDocument({
  document,
  column,
}: DocumentLocation): Promise<vscode.TextEditor | undefined> {
  const shown = await vscode.window.showTextDocument(document, {
    ...(column === undefined ? {} : { viewColumn: column }),
    preserveFocus: false,
    preview: false,
  });
  if (shown.document === document) return shown;
  // Right after a change of tabs VS Code may give the editor that stood in this place before.
  return vscode.window.visibleTextEditors.find((editor) => editor.document === document);
}

/**
 * Gives an editor the focus. It may be behind another tab, and only a shown one can be edited. One
 * within another, a notebook's cell or a side of a diff, stays there while it is shown: VS Code
 * would open its document as a tab of its own.
 */
export async function showEditor(
  editor: vscode.TextEditor,
): Promise<vscode.TextEditor | undefined> {
  const { document, viewColumn } = editor;
  if (viewColumn === undefined && vscode.window.visibleTextEditors.includes(editor)) return editor;
  return showDocument({ document, column: viewColumn });
}

/** Shows a place of a document; of a notebook's cell the cell, in its notebook. */
export async function revealRange(
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
