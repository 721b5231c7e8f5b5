import * as vscode from 'vscode';
import { showDocument } from './show-document.ts';

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
