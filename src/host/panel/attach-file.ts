import * as vscode from 'vscode';
import { readFiles } from '../editor/read-files.ts';
import { currentEditor } from '../editor/read-selections.ts';
import type { Panels } from './panels.ts';

/**
 * Attaches whole files to the panel's next question, each as its text or as an image.
 * @param given the file that a menu was opened on; else the one in the editor
 * @param selected all that are selected there, the one of the menu among them
 */
export async function attachFile(
  panels: Pick<Panels, 'attach'>,
  given: unknown,
  selected?: unknown,
): Promise<void> {
  const uris = filesOf(given, selected);
  if (uris.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open the file that should go with the question first.'),
    );
    return;
  }
  await panels.attach(await readFiles(uris));
}

function filesOf(given: unknown, selected: unknown): readonly vscode.Uri[] {
  const uris = Array.isArray(selected)
    ? selected.filter((uri: unknown) => uri instanceof vscode.Uri)
    : [];
  if (uris.length > 0) return uris;
  const uri = given instanceof vscode.Uri ? given : fileInUse();
  return uri === undefined ? [] : [uri];
}

/** An image has a tab, but no text editor. */
function fileInUse(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input.uri : currentEditor()?.document.uri;
}
