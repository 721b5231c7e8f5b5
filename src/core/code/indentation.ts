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
    return leading + indentCode(outdent(lines).join('\n'), leading, indentation);
  }
  const [first = '', ...rest] = lines;
  // The first line stands behind other text: the others may be indented as in the file already.
  const depth = commonIndent(rest).startsWith(leading) ? leading.length : 0;
  const others = rest.map((line) => line.slice(depth));
  return indentCode([first.trimStart(), ...others].join('\n'), leading, indentation);
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
export function indentCode(code: string, leading: string, indentation: Indentation): string {
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
function indentLine(line: string, unit: number, indentation: Indentation): string {
  const own = /^[ \t]*/.exec(line)?.[0] ?? '';
  return convertIndent(own, unit, indentation) + line.slice(own.length);
}

/** Spaces stay as many as they are: half a level is more often alignment than a level. */
function convertIndent(own: string, unit: number, indentation: Indentation): string {
  if (indentation.insertSpaces) return own.replaceAll('\t', ' '.repeat(indentation.tabSize));
  return own.replaceAll(' '.repeat(unit), '\t');
}

/** How many spaces the code takes for a level; null where it has none of at least two. */
function smallestIndent(lines: readonly string[]): number | null {
  const widths = lines
    .map((line) => /^ {2,}(?=\S)/.exec(line)?.[0].length ?? 0)
    .filter((width) => width > 0);
  return widths.length === 0 ? null : Math.min(...widths);
}

/**
 * Indents code like a place in a document while it streams. It stands as deep as its first line
 * does, which goes to the cursor; the others stand behind the whitespace of the cursor's line.
 */
export class StreamedIndent {
  readonly #leading: string;
  readonly #indentation: Indentation;
  /** What the first line is indented by; null until it came. */
  #outdent: string | null = null;
  /** How many spaces the code takes for a level; null until that shows. */
  #unit: number | null = null;

  /** @param leading the whitespace that the cursor's line begins with */
  constructor(leading: string, indentation: Indentation) {
    this.#leading = leading;
    this.#indentation = indentation;
  }

  /** @param code whole lines, each but the very first behind its line feed */
  push(code: string): string {
    return code
      .split('\n')
      .map((line) => this.#indent(line))
      .join('\n');
  }

  #indent(line: string): string {
    if (line.trim() === '') return '';
    const isFirst = this.#outdent === null;
    this.#outdent ??= /^[ \t]*/.exec(line)?.[0] ?? '';
    const own = line.startsWith(this.#outdent)
      ? line.slice(this.#outdent.length)
      : line.trimStart();
    const unit = smallestIndent([own]);
    this.#unit = Math.min(this.#unit ?? Number.POSITIVE_INFINITY, unit ?? Number.POSITIVE_INFINITY);
    const level = Number.isFinite(this.#unit) ? this.#unit : this.#indentation.tabSize;
    return (isFirst ? '' : this.#leading) + indentLine(own, level, this.#indentation);
  }
}

/**
 * Code without blank lines before it and white space behind it. Not by `\s+$`: that would look for
 * the end from each blank in a long run of them.
 */
export function trimBlankLines(code: string): string {
  return code.trimEnd().replace(/^(?:[ \t]*\n)+/, '');
}
