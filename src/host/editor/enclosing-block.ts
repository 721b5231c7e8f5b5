import * as vscode from 'vscode';
import type { LineRange } from '../../core/prompt/attachment.ts';

/** A language server that takes longer isn't waited for: nearby lines do as well. */
const longestWaitMs = 800;

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
    timer = setTimeout(() => resolve(undefined), longestWaitMs);
  });
  try {
    const asked = vscode.commands.executeCommand<
      (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
    >('vscode.executeDocumentSymbolProvider', uri);
    const symbols = await Promise.race([asked, late]);
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
