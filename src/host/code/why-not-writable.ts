import * as vscode from 'vscode';

/** Why nothing can be put into a document. */
export type NotWritable = 'closed' | 'deleted' | 'read-only';

/**
 * Null where the document can be written, as far as it can be known without an edit: what is
 * read-only in its editor alone isn't.
 */
export async function whyNotWritable(document: vscode.TextDocument): Promise<NotWritable | null> {
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
