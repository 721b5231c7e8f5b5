import * as vscode from 'vscode';
import type { CodeMessage } from '../../core/protocol.ts';
import { editorColumn } from './editor-column.ts';
import { insertAtCursor } from './insert-at-cursor.ts';
import { openNewFile } from './open-new-file.ts';

/** What is done with the code itself; to explain or to replace is the panel’s and the diff’s. */
export type EditorCodeMessage = CodeMessage & {
  readonly action: Exclude<CodeMessage['action'], 'explain' | 'replace'>;
};

/** What the buttons of a code block do. @param editor where the cursor was last */
export async function runCodeAction(
  { action, language, text }: EditorCodeMessage,
  editor: vscode.TextEditor | undefined,
): Promise<void> {
  switch (action) {
    case 'copy':
      // Without its last line end: pasted into a terminal, the last command isn't run unasked.
      await vscode.env.clipboard.writeText(text.replace(/\n$/, ''));
      return;
    case 'insert': {
      const reason = await insertAtCursor(text, editor);
      if (reason !== null) void vscode.window.showWarningMessage(reason);
      return;
    }
    case 'new-file':
      await openNewFile(text, language, editorColumn(editor));
      return;
  }
}
