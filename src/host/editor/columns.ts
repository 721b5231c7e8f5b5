import * as vscode from 'vscode';
import { panelViewType } from '../command-ids.ts';

/** A tab of one of our panels; VS Code puts words of its own in front of the type. */
export function isPanelTab({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(panelViewType);
}

/** The next column, else the one before; a new one where there is no other. */
function neighbourColumn(column: vscode.ViewColumn): vscode.ViewColumn {
  const columns = vscode.window.tabGroups.all.map(({ viewColumn }) => viewColumn);
  const neighbour = [column + 1, column - 1].find((other) => columns.includes(other));
  return neighbour ?? vscode.ViewColumn.Beside;
}

/** Where the first panel opens: where one stands already, else beside what the user works in. */
export function panelColumn(): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const withPanel = all.find(({ tabs }) => tabs.some(isPanelTab));
  if (withPanel !== undefined) return withPanel.viewColumn;
  const { viewColumn, tabs } = activeTabGroup;
  return tabs.length === 0 ? viewColumn : neighbourColumn(viewColumn);
}

/**
 * Where a document opens: where this editor stood, else in the active column, but not over a panel
 * of ours: then in another one, or a new one where each shows a panel.
 */
export function editorColumn(editor?: vscode.TextEditor): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const own = all.find(({ viewColumn }) => viewColumn === editor?.viewColumn);
  if (own?.tabs.some(({ input }) => !(input instanceof vscode.TabInputWebview))) {
    return own.viewColumn;
  }
  const free = [activeTabGroup, ...all].find(
    ({ activeTab }) => activeTab === undefined || !isPanelTab(activeTab),
  );
  return free?.viewColumn ?? vscode.ViewColumn.Beside;
}
