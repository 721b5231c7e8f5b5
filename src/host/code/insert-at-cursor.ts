import * as vscode from 'vscode';
import { indentLike } from '../../core/code/indent-like.ts';
import { editShown } from './edit-shown.ts';
import { indentationOf } from './indentation-of.ts';
import { showEditor } from './show-editor.ts';

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
  const text = indentLike(code.replace(/\n$/, ''), leading, indentationOf(document, leading));
  // An edit, not a snippet: `$` and `}` mean themselves.
  const result = await editShown(editor, [new vscode.TextEdit(selection, text)]);
  if (result === 'read-only') {
    return vscode.l10n.t('The code was not inserted: the document is read-only.');
  }
  if (result === 'changed') {
    return vscode.l10n.t('The code was not inserted: the document was just changed. Try again.');
  }
  const end = endOf(selection.start, text);
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(selection.start, end));
  return null;
}

function endOf(start: vscode.Position, text: string): vscode.Position {
  const lines = text.split('\n');
  const last = lines.at(-1) ?? '';
  return lines.length === 1
    ? start.translate(0, last.length)
    : new vscode.Position(start.line + lines.length - 1, last.length);
}
