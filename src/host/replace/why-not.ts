import * as vscode from 'vscode';
import type { Target } from './target-range.ts';

/** Why nothing can be put into a document. */
export type WhyNot = 'changed' | 'closed' | 'deleted' | 'read-only';

/** Null where the document can be written. */
export async function whyNotWritable({
  document,
}: Pick<Target, 'document'>): Promise<WhyNot | null> {
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

export function whyNotSentence(why: WhyNot, file: string): string {
  switch (why) {
    case 'changed':
      return vscode.l10n.t('{0} has changed where the code stands. Nothing was replaced.', file);
    case 'closed':
      return vscode.l10n.t('{0} was closed. Nothing was replaced.', file);
    case 'deleted':
      return vscode.l10n.t('{0} isn’t there any more. Nothing was replaced.', file);
    case 'read-only':
      return vscode.l10n.t('{0} is read-only. Nothing was replaced.', file);
  }
}
