/** A name in a text. */
export interface NameAt {
  readonly name: string;
  /** Where it is first, in UTF-16 code units. */
  readonly offset: number;
}

/**
 * The names that a piece of code uses, each once where it is first. Only by their letters: what is
 * a keyword, or in a comment, has no definition that a language server would tell.
 */
export function namesIn(code: string): readonly NameAt[] {
  const first = new Map<string, number>();
  for (const { 0: name, index } of code.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) {
    if (name.length > 1 && !first.has(name)) first.set(name, index);
  }
  return [...first].map(([name, offset]) => ({ name, offset }));
}
