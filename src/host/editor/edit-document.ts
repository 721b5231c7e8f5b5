import * as vscode from 'vscode';
import type { Indentation } from '../../core/code/indentation.ts';

/** Why nothing can be put into a document. */
export type WriteProblem = 'closed' | 'deleted' | 'read-only';

/**
 * Null where the document can be written, as far as it can be known without an edit: what is
 * read-only in its editor alone isn't.
 */
export async function getWriteProblem(document: vscode.TextDocument): Promise<WriteProblem | null> {
  if (document.isClosed) return 'closed';
  const { uri } = document;
  // Neither is a file, and both can be edited.
  if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return null;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) return 'read-only';
  try {
    const { permissions } = await vscode.workspace.fs.stat(uri);
    return permissions === vscode.FilePermission.Readonly ? 'read-only' : null;
  } catch {
    return 'deleted';
  }
}

/**
 * How a document is indented: as its editor has found out, else as its settings say.
 * @param leading what a line of it begins with: a tab there says more than either
 */
export function detectIndentation(document: vscode.TextDocument, leading = ''): Indentation {
  const editor = vscode.window.visibleTextEditors.find((shown) => shown.document === document);
  const settings = vscode.workspace.getConfiguration('editor', document);
  const tabSize = editor?.options.tabSize ?? settings.get('tabSize');
  const insertSpaces = editor?.options.insertSpaces ?? settings.get('insertSpaces');
  return {
    tabSize: typeof tabSize === 'number' ? tabSize : 4,
    insertSpaces: insertSpaces !== false && !leading.includes('\t'),
  };
}

/** `changed`: the document was just changed, and VS Code refused what was meant for it before. */
export type EditResult = 'applied' | 'read-only' | 'changed';

/**
 * Edits the document of an editor, as one step to undo unless told otherwise. Of a read-only editor
 * VS Code itself says that the edit was made: the document tells that it was not.
 */
export async function editInEditor(
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
  return isTaken ? 'applied' : 'changed';
}

/**
 * The same where no editor shows the document. What is read-only in its editor alone is written all
 * the same: VS Code looks at no editor here.
 */
export async function editDocument(
  document: vscode.TextDocument,
  edits: readonly vscode.TextEdit[],
): Promise<EditResult> {
  const { version } = document;
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, [...edits]);
  if (!(await vscode.workspace.applyEdit(edit))) return 'changed';
  return document.version === version ? 'read-only' : 'applied';
}

/** The document has line ends of its own. */
function sameLines(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n');
}
