import * as vscode from 'vscode';
import type { Indentation } from '../../core/code/indent-like.ts';

/**
 * How a document is indented: as its editor has found out, else as its settings say.
 * @param leading what a line of it begins with: a tab there says more than either
 */
export function indentationOf(document: vscode.TextDocument, leading = ''): Indentation {
  const editor = vscode.window.visibleTextEditors.find((shown) => shown.document === document);
  const settings = vscode.workspace.getConfiguration('editor', document);
  const tabSize = editor?.options.tabSize ?? settings.get('tabSize');
  const insertSpaces = editor?.options.insertSpaces ?? settings.get('insertSpaces');
  return {
    tabSize: typeof tabSize === 'number' ? tabSize : 4,
    insertSpaces: insertSpaces !== false && !leading.includes('\t'),
  };
}
