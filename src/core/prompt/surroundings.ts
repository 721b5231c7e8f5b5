import type { LineRange, Surrounding } from './attachment.ts';

/** What the surroundings of a selection are read from. Lines count from 1. */
export interface SourceLines {
  readonly lineCount: number;
  line(number: number): string;
}

/** Larger blocks are left out: half a function would mislead more than it helps. */
const maxEnclosingCharacters = 12_000;
const maxImportCharacters = 4_000;
const maxImportLines = 200;
/** Lines on each side of the selection where no enclosing block is known. */
const nearbyLines = 20;

/**
 * What helps to understand a selection: the imports at the top of the file, and the enclosing
 * function or class; where none is known, a few lines on each side. Nothing is sent twice, and a
 * selection that spans the file needs nothing.
 *
 * @param enclosing the lines of the innermost symbol around the selection, from a language server
 */
export function findSurroundings(
  source: SourceLines,
  selection: LineRange,
  enclosing: LineRange | null,
): readonly Surrounding[] {
  const found: Surrounding[] = [];
  const block =
    enclosing === null || !contains(enclosing, selection) || covers(selection, enclosing)
      ? null
      : readSurrounding(source, 'enclosing', enclosing, maxEnclosingCharacters);
  const covered = block === null ? selection : block.lines;

  const imports = importLines(source);
  if (imports !== null) {
    const lines = { from: imports.from, to: Math.min(imports.to, covered.from - 1) };
    const text = readSurrounding(source, 'imports', lines, maxImportCharacters);
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
  const textBefore = readSurrounding(source, 'before', before, maxEnclosingCharacters);
  if (textBefore !== null) found.push(textBefore);
  const textAfter = readSurrounding(source, 'after', after, maxEnclosingCharacters);
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
function readSurrounding(
  source: SourceLines,
  part: Surrounding['part'],
  lines: LineRange,
  maxCharacters: number,
): Surrounding | null {
  if (lines.to < lines.from) return null;
  const texts: string[] = [];
  let characters = 0;
  for (let number = lines.from; number <= lines.to; number++) {
    const line = source.line(number);
    characters += line.length + 1;
    if (characters > maxCharacters) return null;
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
  for (let number = 1; number <= Math.min(source.lineCount, maxImportLines); number++) {
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

/** A name in a text. */
interface IdentifierAt {
  readonly name: string;
  /** Where it is first, in UTF-16 code units. */
  readonly offset: number;
}

/**
 * The names that a piece of code uses, each once where it is first. Only by their letters: what is
 * a keyword, or in a comment, has no definition that a language server would tell.
 */
export function findIdentifiers(code: string): readonly IdentifierAt[] {
  const first = new Map<string, number>();
  for (const { 0: name, index } of code.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) {
    if (name.length > 1 && !first.has(name)) first.set(name, index);
  }
  return [...first].map(([name, offset]) => ({ name, offset }));
}

/**
 * The surroundings of several selections of one document, each piece once: with the first selection
 * that has it.
 */
export function dropRepeated(
  lists: readonly (readonly Surrounding[])[],
): readonly (readonly Surrounding[])[] {
  const kept = new Set<string>();
  return lists.map((list) =>
    list.filter(({ lines: { from, to } }) => {
      const key = `${from}-${to}`;
      return !kept.has(key) && kept.add(key);
    }),
  );
}
