import * as vscode from 'vscode';
import { indentLike } from '../../core/code/indent-like.ts';
import { editShown } from './edit-shown.ts';
import { indentationOf } from './indentation-of.ts';
import { showDocument } from './show-document.ts';

/**
 * Puts code where the cursor was last, in place of what is selected there, as one step to undo, and
 * gives that editor the focus. Says so where it can't.
 */
export async function insertAtCursor(
  code: string,
  lastEditor: vscode.TextEditor | undefined,
): Promise<void> {
  const isOpen = lastEditor !== undefined && !lastEditor.document.isClosed;
  const editor = isOpen
    ? await showDocument({ document: lastEditor.document, column: lastEditor.viewColumn })
    : undefined;
  if (editor === undefined) {
    warn(vscode.l10n.t('There is no open editor to insert the code into.'));
    return;
  }
  const { document, selection } = editor;
  const line = document.lineAt(selection.start.line);
  const leading = line.text.slice(
    0,
    Math.min(line.firstNonWhitespaceCharacterIndex, selection.start.character),
  );
  const text = indentLike(code.replace(/\n$/, ''), leading, indentationOf(document, leading));
  // An edit, not a snippet: `$` and `}` mean themselves.
  const isDone = await editShown(editor, [new vscode.TextEdit(selection, text)]);
  if (!isDone) {
    warn(
      vscode.l10n.t('The code was not inserted: the document is read-only or was just changed.'),
    );
    return;
  }
  const end = endOf(selection.start, text);
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(selection.start, end));
}

function endOf(start: vscode.Position, text: string): vscode.Position {
  const lines = text.split('\n');
  const last = lines.at(-1) ?? '';
  return lines.length === 1
    ? start.translate(0, last.length)
    : new vscode.Position(start.line + lines.length - 1, last.length);
}

function warn(sentence: string): void {
  void vscode.window.showWarningMessage(sentence);
}
