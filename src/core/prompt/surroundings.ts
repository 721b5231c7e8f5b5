import type { LineRange, Surrounding } from './attachment.ts';

/** What the surroundings of a selection are read from. Lines count from 1. */
export interface SourceLines {
  readonly lineCount: number;
  line(number: number): string;
}

/** Larger blocks are left out: half a function would mislead more than it helps. */
const mostEnclosingCharacters = 12_000;
const mostImportCharacters = 4_000;
const mostImportLines = 200;
/** Lines on each side of the selection where no enclosing block is known. */
const nearbyLines = 20;

/**
 * What helps to understand a selection: the imports at the top of the file, and the enclosing
 * function or class; where none is known, a few lines on each side. Nothing is sent twice, and a
 * selection that spans the file needs nothing.
 *
 * @param enclosing the lines of the innermost symbol around the selection, from a language server
 */
export function surroundingsOf(
  source: SourceLines,
  selection: LineRange,
  enclosing: LineRange | null,
): readonly Surrounding[] {
  const found: Surrounding[] = [];
  const block =
    enclosing === null || !contains(enclosing, selection) || covers(selection, enclosing)
      ? null
      : read(source, 'enclosing', enclosing, mostEnclosingCharacters);
  const covered = block === null ? selection : block.lines;

  const imports = importLines(source);
  if (imports !== null) {
    const lines = { from: imports.from, to: Math.min(imports.to, covered.from - 1) };
    const text = read(source, 'imports', lines, mostImportCharacters);
    if (text !== null) found.push(text);
  }
  if (block !== null) {
    found.push(block);
    return found;
  }
  const importsEnd = found[0]?.lines.to ?? 0;
  const before = {
    from: Math.max(importsEnd + 1, selection.from - nearbyLines),
    to: selection.from - 1,
  };
  const after = {
    from: selection.to + 1,
    to: Math.min(source.lineCount, selection.to + nearbyLines),
  };
  const textBefore = read(source, 'before', before, mostEnclosingCharacters);
  if (textBefore !== null) found.push(textBefore);
  const textAfter = read(source, 'after', after, mostEnclosingCharacters);
  if (textAfter !== null) found.push(textAfter);
  return found;
}

function contains(outer: LineRange, inner: LineRange): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

function covers(selection: LineRange, block: LineRange): boolean {
  return contains(selection, block);
}

/**
 * The lines as a surrounding, or null where there are none, they are blank, or they are too long.
 */
function read(
  source: SourceLines,
  part: Surrounding['part'],
  lines: LineRange,
  mostCharacters: number,
): Surrounding | null {
  if (lines.to < lines.from) return null;
  const texts: string[] = [];
  let characters = 0;
  for (let number = lines.from; number <= lines.to; number++) {
    const line = source.line(number);
    characters += line.length + 1;
    if (characters > mostCharacters) return null;
    texts.push(line);
  }
  const text = texts.join('\n');
  return text.trim() === '' ? null : { part, lines, text };
}

/** How languages bring in what they use. Read only at the top of a file. */
const importLine =
  /^\s*(import\b|from\s+\S+\s+import\b|export\s+.*\bfrom\b|(const|let|var)\s+.*=\s*require\(|#\s*include\b|#\s*import\b|using\b|use\s|open\s+[A-Z]|require(_relative)?\b|package\b|namespace\b|library\(|@import\b|@use\b|extern\s+crate\b|mod\s+\w+;|module\b)/;

/** The run of lines from the first to the last import within the head of the file. */
function importLines(source: SourceLines): LineRange | null {
  let first: number | null = null;
  let last = 0;
  for (let number = 1; number <= Math.min(source.lineCount, mostImportLines); number++) {
    if (importLine.test(source.line(number))) {
      first ??= number;
      last = importEnd(source, number);
      number = last;
    } else if (first !== null && number - last > 10) break;
  }
  return first === null ? null : { from: first, to: last };
}

/** An import may span lines inside brackets: `import {` … `} from 'x';`, Go's `import (` … `)`. */
function importEnd(source: SourceLines, start: number): number {
  let depth = 0;
  const end = Math.min(source.lineCount, start + 40);
  for (let number = start; number <= end; number++) {
    for (const character of source.line(number)) {
      if (character === '{' || character === '(') depth++;
      else if (character === '}' || character === ')') depth--;
    }
    if (depth <= 0) return number;
  }
  return start;
}
