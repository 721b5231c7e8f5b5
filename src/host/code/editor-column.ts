import * as vscode from 'vscode';

/**
 * Where an editor stood, for another one; beside the panel where nothing but panels is left there.
 */
export function editorColumn(editor: vscode.TextEditor | undefined): vscode.ViewColumn {
  const group = vscode.window.tabGroups.all.find(
    ({ viewColumn }) => viewColumn === editor?.viewColumn,
  );
  const hasEditors = group?.tabs.some(({ input }) => !(input instanceof vscode.TabInputWebview));
  return group !== undefined && hasEditors === true ? group.viewColumn : vscode.ViewColumn.Beside;
}
