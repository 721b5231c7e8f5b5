/** How an editor indents. */
export interface Indentation {
  /** Columns of a tab. */
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

/**
 * Code as it would have been written at a place in a document: its own indentation in the
 * document's tabs or spaces, and every line but the first behind the whitespace of that place.
 * Lines without text stay empty.
 * @param code with line feeds
 */
export function indentLike(code: string, leading: string, indentation: Indentation): string {
  const lines = code.split('\n');
  const unit = smallestIndent(lines) ?? indentation.tabSize;
  return lines
    .map((line, index) => {
      if (index > 0 && line.trim() === '') return '';
      return (index === 0 ? '' : leading) + indentLine(line, unit, indentation);
    })
    .join('\n');
}

/** @param unit how many spaces the code takes for a level */
export function indentLine(line: string, unit: number, indentation: Indentation): string {
  const own = /^[ \t]*/.exec(line)?.[0] ?? '';
  return inTheseUnits(own, unit, indentation) + line.slice(own.length);
}

/** Spaces stay as many as they are: half a level is more often alignment than a level. */
function inTheseUnits(own: string, unit: number, indentation: Indentation): string {
  if (indentation.insertSpaces) return own.replaceAll('\t', ' '.repeat(indentation.tabSize));
  return own.replaceAll(' '.repeat(unit), '\t');
}

/** How many spaces the code takes for a level; null where it has none of at least two. */
export function smallestIndent(lines: readonly string[]): number | null {
  const widths = lines
    .map((line) => /^ {2,}(?=\S)/.exec(line)?.[0].length ?? 0)
    .filter((width) => width > 0);
  return widths.length === 0 ? null : Math.min(...widths);
}
