import { type Indentation, indentLine, smallestIndent } from './indent-like.ts';

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
