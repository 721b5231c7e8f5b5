import type * as vscode from 'vscode';
import type { SelectionAttachment } from '../../core/prompt/attachment.ts';
import { documentName } from '../editor/read-selections.ts';

/** All of a document, as it is in its editor. Null where it is empty. */
export function wholeFile(document: vscode.TextDocument): SelectionAttachment | null {
  const text = document.getText();
  if (text.trim() === '') return null;
  const last = document.lineAt(document.lineCount - 1);
  return {
    kind: 'selection',
    file: documentName(document),
    language: document.languageId,
    // A last line without text holds none of it.
    lines: { from: 1, to: last.text === '' ? last.lineNumber : last.lineNumber + 1 },
    text,
    uri: document.uri.scheme === 'vscode-notebook-cell' ? undefined : document.uri.toString(),
    surroundings: [],
    whole: true,
  };
}
