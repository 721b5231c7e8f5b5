import * as vscode from 'vscode';
import type { SelectionAttachment } from '../../core/prompt/attachment.ts';
import { documentName } from '../editor/read-selections.ts';

export interface ReadReferences {
  readonly attachments: readonly SelectionAttachment[];
  /** What could not be read as text, by name. */
  readonly unread: readonly string[];
}

/**
 * What the user put beside the question: files, places in files, texts. In the order of the
 * question.
 */
export async function readReferences(
  references: readonly vscode.ChatPromptReference[],
): Promise<ReadReferences> {
  // VS Code gives the last one first.
  const read = await Promise.all(references.toReversed().map(readReference));
  return {
    attachments: read.flatMap((each) => (each === null || typeof each === 'string' ? [] : [each])),
    unread: read.flatMap((each) => (typeof each === 'string' ? [each] : [])),
  };
}

/** The name alone where it can't be read; null where it is nothing that we know. */
async function readReference(
  reference: vscode.ChatPromptReference,
): Promise<SelectionAttachment | string | null> {
  const { id, modelDescription, value } = reference;
  if (value instanceof vscode.Uri) return readDocument(value, undefined);
  if (value instanceof vscode.Location) return readDocument(value.uri, value.range);
  if (typeof value !== 'string' || value.trim() === '') return null;
  return {
    kind: 'selection',
    file: modelDescription ?? id,
    language: 'plaintext',
    lines: { from: 1, to: value.split('\n').length },
    text: value,
    surroundings: [],
  };
}

async function readDocument(
  uri: vscode.Uri,
  range: vscode.Range | undefined,
): Promise<SelectionAttachment | string | null> {
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    // A folder, a picture, a file that is gone.
    return vscode.workspace.asRelativePath(uri);
  }
  const text = document.getText(range);
  if (text === '') return null;
  const from = (range?.start.line ?? 0) + 1;
  const last = range === undefined ? document.lineCount : lastLine(range);
  return {
    kind: 'selection',
    file: documentName(document),
    language: document.languageId,
    lines: { from, to: Math.max(from, last) },
    text,
    uri: document.uri.toString(),
    surroundings: [],
  };
}

/** A range that ends at the start of a line holds nothing of that line. */
function lastLine({ start, end }: vscode.Range): number {
  return end.character === 0 && end.line > start.line ? end.line : end.line + 1;
}
