import * as vscode from 'vscode';

/** `changed`: the document was just changed, and VS Code refused what was meant for it before. */
export type EditResult = 'made' | 'read-only' | 'changed';

/**
 * Edits the document of an editor, as one step to undo unless told otherwise. Of a read-only editor
 * VS Code itself says that the edit was made: the document tells that it was not.
 */
export async function editShown(
  editor: vscode.TextEditor,
  edits: readonly vscode.TextEdit[],
  options?: { readonly undoStopBefore: boolean; readonly undoStopAfter: boolean },
): Promise<EditResult> {
  const { document } = editor;
  const { version } = document;
  // What is there already changes nothing, wherever it is written.
  const isSame = edits.every(({ range, newText }) => sameLines(document.getText(range), newText));
  const isTaken = await editor.edit((edit) => {
    for (const { range, newText } of edits) edit.replace(range, newText);
  }, options);
  if (document.version === version && !isSame) return 'read-only';
  return isTaken ? 'made' : 'changed';
}

/**
 * The same where no editor shows the document. What is read-only in its editor alone is written all
 * the same: VS Code looks at no editor here.
 */
export async function editUnshown(
  document: vscode.TextDocument,
  edits: readonly vscode.TextEdit[],
): Promise<EditResult> {
  const { version } = document;
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, [...edits]);
  if (!(await vscode.workspace.applyEdit(edit))) return 'changed';
  return document.version === version ? 'read-only' : 'made';
}

/** The document has line ends of its own. */
function sameLines(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n');
}
