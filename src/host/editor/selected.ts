import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment.ts';
import { readSelections } from './read-selections.ts';

/** What is selected in the editor in use. */
export async function selected(): Promise<readonly Attachment[]> {
  const editor = editorInUse();
  if (editor === undefined) return [];
  return readSelections(editor);
}

/** The same, to go with a question that is still to be written; says so where there is nothing. */
export async function selectedToAttach(): Promise<readonly Attachment[]> {
  const attachments = await selected();
  if (attachments.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Select the text that should go with the question first.'),
    );
  }
  return attachments;
}

/** The active editor; while the panel has the focus, the one on screen that has a selection. */
export function editorInUse(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return (
    activeTextEditor ??
    visibleTextEditors.find(({ selections }) => selections.some(({ isEmpty }) => !isEmpty))
  );
}
