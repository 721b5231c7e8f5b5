import { type Edit, findSpan, moveSpan, type Span } from '../prompt/anchor.ts';

/** A change of a document, as an editor tells it. */
export interface DocumentEdit extends Edit {
  readonly text: string;
}

/**
 * Where a text stands in a document that is edited. Besides the text itself it may be any that was
 * put in its place: undo and redo go from one to the other.
 */
export class TrackedText {
  /** Longest first: a shorter one may be a part of it. */
  #known: readonly string[];
  #span: Span;

  constructor(text: string, start: number) {
    this.#known = [text];
    this.#span = { start, end: start + text.length };
  }

  /** Where it stands now, or what is there instead. */
  get span(): Span {
    return this.#span;
  }

  /** Whether a text is one that is expected there. */
  isKnown(text: string): boolean {
    return this.#known.includes(text);
  }

  /** This was put in its place. */
  replaced(text: string): void {
    const { start } = this.#span;
    this.#span = { start, end: start + text.length };
    this.#known = [...new Set([text, ...this.#known])].toSorted((a, b) => b.length - a.length);
  }

  /** @param changes that were made at once, each told by where it was before any of them */
  follow(document: string, changes: readonly DocumentEdit[]): void {
    let span = this.#span;
    for (const change of changes.toSorted((a, b) => b.at - a.at)) span = moveSpan(span, change);
    this.#span = this.#around(document, span) ?? this.#putIn(document, span, changes) ?? span;
  }

  /** What undo puts at the edge of the text is a part of it again. */
  #around(document: string, { start, end }: Span): Span | null {
    for (const text of this.#known) {
      for (const from of [start, end - text.length]) {
        if (from >= 0 && document.startsWith(text, from)) {
          return { start: from, end: from + text.length };
        }
      }
    }
    return null;
  }

  /** The same text may stand elsewhere by chance: it is looked for only where it was put in. */
  #putIn(document: string, { start }: Span, changes: readonly DocumentEdit[]): Span | null {
    for (const text of this.#known) {
      const isPutIn = text !== '' && changes.some((change) => change.text.includes(text));
      const found = isPutIn ? findSpan(document, text, start) : null;
      if (found !== null) return found;
    }
    return null;
  }
}
