import * as vscode from 'vscode';
import type { CodeSlot } from '../../core/code/reindent.ts';
import { indentationOf } from '../code/indentation-of.ts';

/** What is to be replaced. */
export interface Target {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  /** The column that the document was shown in. */
  readonly column: vscode.ViewColumn | undefined;
}

/**
 * The range without the blank space around its text, but with the indentation of its first line, so
 * that code has the same shape for the model, in the diff and in the file. Null where it holds no
 * text.
 */
export function textRange(
  document: vscode.TextDocument,
  selection: vscode.Range,
): vscode.Range | null {
  const text = document.getText(selection);
  if (text.trim() === '') return null;
  const from = document.offsetAt(selection.start);
  const first = document.positionAt(from + text.length - text.trimStart().length);
  const end = document.positionAt(from + text.trimEnd().length);
  const { firstNonWhitespaceCharacterIndex } = document.lineAt(first.line);
  const isWholeLines = firstNonWhitespaceCharacterIndex === first.character;
  return new vscode.Range(isWholeLines ? first.with({ character: 0 }) : first, end);
}

/** @param range from `textRange` */
export function slotOf({ document, range }: Target): CodeSlot {
  const line = document.lineAt(range.start.line);
  const leading = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  return {
    leading,
    isWholeLines: range.start.character === 0,
    indentation: indentationOf(document, leading),
  };
}

/** What is selected in the editor; null where that is no text. */
export function targetIn(editor: vscode.TextEditor | undefined): Target | null {
  if (editor === undefined || editor.document.isClosed) return null;
  return targetAt({ document: editor.document, range: editor.selection }, editor.viewColumn);
}

/** The text at a place; null where there is none. */
export function targetAt(
  { document, range: place }: Omit<Target, 'column'>,
  column: vscode.ViewColumn | undefined,
): Target | null {
  const range = textRange(document, place);
  return range === null ? null : { document, range, column };
}
