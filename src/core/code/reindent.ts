import { type Indentation, indentLike } from './indent-like.ts';

/** Where code goes in a document. */
export interface CodeSlot {
  /** The whitespace that its line begins with. */
  readonly leading: string;
  /** Whether the code begins with the line, so that its first line is indented too. */
  readonly isWholeLines: boolean;
  readonly indentation: Indentation;
}

/**
 * Code that was written for a place, at that place: however far the model has indented it as a
 * whole, it stands as deep as what it replaces.
 * @param code with line feeds, without blank lines around it
 */
export function reindent(code: string, { leading, isWholeLines, indentation }: CodeSlot): string {
  const lines = code.split('\n');
  if (isWholeLines) {
    return leading + indentLike(outdent(lines).join('\n'), leading, indentation);
  }
  const [first = '', ...rest] = lines;
  // The first line stands behind other text: the others may be indented as in the file already.
  const depth = commonIndent(rest).startsWith(leading) ? leading.length : 0;
  const others = rest.map((line) => line.slice(depth));
  return indentLike([first.trimStart(), ...others].join('\n'), leading, indentation);
}

/** The lines without the indentation that they share. */
function outdent(lines: readonly string[]): readonly string[] {
  const shared = commonIndent(lines).length;
  if (shared > 0) return lines.map((line) => line.slice(shared));
  // A model that forgot only the first line's: what closes the code stands as deep as its
  // beginning.
  const [first = '', ...rest] = lines;
  const forgotten = indentOf(/^\s*([)\]}]|end\b|<\/)/.test(rest.at(-1) ?? '') ? rest.at(-1) : '');
  const isForgotten = forgotten !== '' && commonIndent(rest).startsWith(forgotten);
  return isForgotten ? [first, ...rest.map((line) => line.slice(forgotten.length))] : lines;
}

/** The whitespace that every line with text begins with. */
function commonIndent(lines: readonly string[]): string {
  const [first, ...rest] = lines.filter((line) => line.trim() !== '').map(indentOf);
  if (first === undefined) return '';
  return rest.reduce((shared, indent) => {
    let length = 0;
    while (length < shared.length && shared[length] === indent[length]) length++;
    return shared.slice(0, length);
  }, first);
}

function indentOf(line = ''): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
