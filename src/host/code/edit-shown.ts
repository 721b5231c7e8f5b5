import type * as vscode from 'vscode';

/**
 * Edits the document of an editor, as one step to undo unless told otherwise. False where nothing
 * came of it: the document was just changed, or the editor is read-only, where VS Code itself says
 * that the edit was made.
 */
export async function editShown(
  editor: vscode.TextEditor,
  edits: readonly vscode.TextEdit[],
  options?: { readonly undoStopBefore: boolean; readonly undoStopAfter: boolean },
): Promise<boolean> {
  const { version } = editor.document;
  const isDone = await editor.edit((edit) => {
    for (const { range, newText } of edits) edit.replace(range, newText);
  }, options);
  return isDone && editor.document.version !== version;
}
