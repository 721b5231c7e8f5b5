import * as vscode from 'vscode';
import type { Attachment, LineRange, SelectionAttachment } from '../../core/prompt/attachment.ts';
import {
  dropRepeated,
  findSurroundings,
  type SourceLines,
} from '../../core/prompt/surroundings.ts';

/** A language server that takes longer isn't waited for: nearby lines do as well. */
const symbolTimeoutMs = 800;

const blockKinds: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Struct,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Object,
]);

/** The lines of the innermost function or class around the range but not inside it, if known. */
export async function enclosingBlock(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<LineRange | null> {
  const symbols = await documentSymbols(document.uri);
  const found = innermost(symbols, range);
  return found === null ? null : { from: found.start.line + 1, to: found.end.line + 1 };
}

async function documentSymbols(uri: vscode.Uri): Promise<readonly vscode.DocumentSymbol[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), symbolTimeoutMs);
  });
  try {
    const symbolsFound = vscode.commands.executeCommand<
      (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
    >('vscode.executeDocumentSymbolProvider', uri);
    const symbols = await Promise.race([symbolsFound, late]);
    return (symbols ?? []).filter((symbol) => 'children' in symbol);
  } catch {
    // A symbol provider of another extension failed: the question does without it.
    return [];
  } finally {
    clearTimeout(timer);
  }
}

function innermost(
  symbols: readonly vscode.DocumentSymbol[],
  range: vscode.Range,
): vscode.Range | null {
  for (const symbol of symbols) {
    if (!symbol.range.contains(range) || range.contains(symbol.range)) continue;
    const inner = innermost(symbol.children, range);
    if (inner !== null) return inner;
    if (blockKinds.has(symbol.kind)) return symbol.range;
  }
  return null;
}

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
  // What surrounds the selection now isn't what surrounded it, if the text has changed since.
  const isUnchanged = document.version === version;
  const surroundings = dropRepeated(
    selected.map(({ lines }, index) =>
      isUnchanged ? findSurroundings(source, lines, blocks[index] ?? null) : [],
    ),
  );
  return selected.map(({ text, lines }, index) => ({
    kind: 'selection',
    file: documentName(document),
    language: document.languageId,
    lines,
    text,
    uri: document.uri.toString(),
    surroundings: surroundings[index] ?? [],
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

/** What is selected in the editor in use. */
export async function readActiveSelections(): Promise<readonly Attachment[]> {
  const editor = currentEditor();
  if (editor === undefined) return [];
  return readSelections(editor);
}

/** The same, to go with a question that is still to be written; says so where there is nothing. */
export async function readSelectionsToAttach(): Promise<readonly Attachment[]> {
  const attachments = await readActiveSelections();
  if (attachments.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Select the text that should go with the question first.'),
    );
  }
  return attachments;
}

/** The active editor; while the panel has the focus, the one on screen that has a selection. */
export function currentEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return (
    activeTextEditor ??
    visibleTextEditors.find(({ selections }) => selections.some(({ isEmpty }) => !isEmpty))
  );
}

/** All of a document, as it is in its editor. Null where it is empty. */
export function readWholeFile(document: vscode.TextDocument): SelectionAttachment | null {
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
