import * as vscode from 'vscode';
import { panelViewType } from '../command-ids.ts';

export const plainTitle = 'Claude';

/** Opens an empty panel; the focus stays where it is unless told otherwise. */
export function createWebviewPanel(
  viewColumn: vscode.ViewColumn,
  { title = plainTitle, preserveFocus = true } = {},
): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    panelViewType,
    title,
    { viewColumn, preserveFocus },
    { enableFindWidget: true },
  );
}

/** Tells whether the panel was closed since. */
export function watchClosing(webviewPanel: vscode.WebviewPanel): () => boolean {
  let isClosed = false;
  webviewPanel.onDidDispose(() => {
    isClosed = true;
  });
  return () => isClosed;
}

/** The column of a panel for what takes its place, but not over the code that is asked about. */
export function columnOf({ viewColumn }: vscode.WebviewPanel): vscode.ViewColumn {
  const covers = vscode.window.activeTextEditor?.viewColumn === viewColumn;
  return covers || viewColumn === undefined ? vscode.ViewColumn.Beside : viewColumn;
}

/** The next column. */
export function columnBeside(column: vscode.ViewColumn | undefined): vscode.ViewColumn {
  return column === undefined || column < 1 || column >= vscode.ViewColumn.Nine
    ? vscode.ViewColumn.Beside
    : column + 1;
}
