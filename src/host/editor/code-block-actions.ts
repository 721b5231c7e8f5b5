import * as vscode from 'vscode';
import { indentCode } from '../../core/code/indentation.ts';
import type { CodeMessage } from '../../core/protocol/from-webview.ts';
import { editorColumn } from './columns.ts';
import { detectIndentation, editInEditor } from './edit-document.ts';
import { openNewFile, showEditor } from './show-document.ts';

/**
 * Puts code where the cursor was last, in place of what is selected there, as one step to undo, and
 * gives that editor the focus.
 * @returns why it couldn't, in a sentence; null where it did
 */
export async function insertAtCursor(
  code: string,
  lastEditor: vscode.TextEditor | undefined,
): Promise<string | null> {
  const isOpen = lastEditor !== undefined && !lastEditor.document.isClosed;
  const editor = isOpen ? await showEditor(lastEditor) : undefined;
  if (editor === undefined) {
    return vscode.l10n.t('There is no open editor to insert the code into.');
  }
  const { document, selection } = editor;
  const line = document.lineAt(selection.start.line);
  const leading = line.text.slice(
    0,
    Math.min(line.firstNonWhitespaceCharacterIndex, selection.start.character),
  );
  const text = indentCode(code.replace(/\n$/, ''), leading, detectIndentation(document, leading));
  // An edit, not a snippet: `$` and `}` mean themselves.
  const result = await editInEditor(editor, [new vscode.TextEdit(selection, text)]);
  if (result === 'read-only') {
    return vscode.l10n.t('The code was not inserted: the document is read-only.');
  }
  if (result === 'changed') {
    return vscode.l10n.t('The code was not inserted: the document was just changed. Try again.');
  }
  const end = endPosition(selection.start, text);
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(selection.start, end));
  return null;
}

function endPosition(start: vscode.Position, text: string): vscode.Position {
  const lines = text.split('\n');
  const last = lines.at(-1) ?? '';
  return lines.length === 1
    ? start.translate(0, last.length)
    : new vscode.Position(start.line + lines.length - 1, last.length);
}

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
