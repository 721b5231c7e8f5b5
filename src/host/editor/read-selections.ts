import * as vscode from 'vscode';
import type { LineRange, SelectionAttachment } from '../../core/prompt/attachment.ts';
import { type SourceLines, surroundingsOf } from '../../core/prompt/surroundings.ts';
import { enclosingBlock } from './enclosing-block.ts';

/** The editor's selections that hold text, each with what surrounds it, in the document's order. */
export async function readSelections(
  editor: vscode.TextEditor,
): Promise<readonly SelectionAttachment[]> {
  return readRanges(
    editor.document,
    editor.selections
      // Right after a change of tabs VS Code may give those of the document before.
      .map((selection) => editor.document.validateRange(selection))
      .filter((selection) => !selection.isEmpty),
  );
}

/** Ranges of a document, each with what surrounds it, in the document's order. */
export async function readRanges(
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
): Promise<readonly SelectionAttachment[]> {
  const { version } = document;
  // Read before anything is awaited: the user may go on typing.
  const selected = ranges
    .toSorted((a, b) => a.start.compareTo(b.start))
    .map((range) => ({ range, text: document.getText(range), lines: selectedLines(range) }));
  const blocks = await Promise.all(selected.map(({ range }) => enclosingBlock(document, range)));
  const source: SourceLines = {
    lineCount: document.lineCount,
    line: (number) => document.lineAt(number - 1).text,
  };
  return selected.map(({ text, lines }, index) => ({
    kind: 'selection',
    file: documentName(document),
    language: document.languageId,
    lines,
    text,
    uri: document.uri.toString(),
    // What surrounds the selection now isn't what surrounded it, if the text has changed since.
    surroundings:
      document.version === version ? surroundingsOf(source, lines, blocks[index] ?? null) : [],
  }));
}

/** A selection that ends at the start of a line holds nothing of that line. */
function selectedLines({ start, end }: vscode.Range): LineRange {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { from: start.line + 1, to: last + 1 };
}

/** Relative to the workspace; a notebook's cell by its number. */
export function documentName(document: vscode.TextDocument): string {
  const name = vscode.workspace.asRelativePath(document.uri);
  if (document.uri.scheme !== 'vscode-notebook-cell') return name;
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cell = notebook.getCells().find((candidate) => candidate.document === document);
    if (cell !== undefined) {
      const path = vscode.workspace.asRelativePath(notebook.uri);
      return vscode.l10n.t('{0}, cell {1}', path, cell.index + 1);
    }
  }
  return name;
}
