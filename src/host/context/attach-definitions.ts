import * as vscode from 'vscode';
import { editorInUse, selectedToAttach } from '../editor/selected.ts';
import type { Panels } from '../panel/panels.ts';
import { definitionsUsedIn } from './definitions.ts';

/** Puts what is selected and what it uses among what goes with the panel's next question. */
export async function attachDefinitions(panels: Pick<Panels, 'attach'>): Promise<void> {
  const editor = editorInUse();
  const ranges = editor?.selections.filter(({ isEmpty }) => !isEmpty) ?? [];
  const selections = await selectedToAttach();
  if (editor === undefined || selections.length === 0) return;
  const { document } = editor;
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking up definitions') },
    () => Promise.all(ranges.map((range) => definitionsUsedIn(document, range))),
  );
  const definitions = found.flat();
  if (definitions.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No definitions were found in this workspace: the selection goes alone.'),
    );
  }
  await panels.attach([...selections, ...definitions]);
}
