import * as vscode from 'vscode';

/** Whether a tab shows the document: alone, on a side of a diff, or as a cell of its notebook. */
export function isOpen(uri: vscode.Uri): boolean {
  const shown = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => shownBy(input)),
  );
  return shown.some((each) => each.toString() === uri.toString() || isCellOf(uri, each));
}

function shownBy(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) {
    return [input.uri];
  }
  return input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
}

function isCellOf({ scheme, path }: vscode.Uri, notebook: vscode.Uri): boolean {
  return scheme === 'vscode-notebook-cell' && path === notebook.path;
}
