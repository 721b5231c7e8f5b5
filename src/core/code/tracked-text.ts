import { type Edit, findSpan, moveSpan, type Span } from '../prompt/anchor.ts';

/** A change of a document, as an editor tells it. */
export interface DocumentEdit extends Edit {
  readonly text: string;
}

/**
 * Where a text stands in a document that is edited. Besides the text itself it may be any that is
 * expected in its place: an edit of ours makes it that, undo and redo go from one to the other.
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

  /** An edit will put this in its place. */
  expect(text: string): void {
    this.#known = [...new Set([text, ...this.#known])].toSorted((a, b) => b.length - a.length);
  }

  /**
   * @param document after the changes
   * @param changes that were made at once, each told by where it was before any of them
   */
  follow(document: string, changes: readonly DocumentEdit[]): void {
    let span = this.#span;
    let outer = this.#span;
    for (const change of changes.toSorted((a, b) => b.at - a.at)) {
      span = moveSpan(span, change);
      outer = moveOuterSpan(outer, change);
    }
    const places = [span, outer];
    this.#span = this.#at(document, places) ?? this.#putIn(document, span, changes) ?? span;
  }

  /** What is put in at the edge of the text may be a part of what is expected. */
  #at(document: string, places: readonly Span[]): Span | null {
    for (const text of this.#known) {
      const starts = places.flatMap(({ start, end }) => [start, end - text.length]);
      const start = starts.find((from) => from >= 0 && document.startsWith(text, from));
      if (start !== undefined) return { start, end: start + text.length };
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

/** A span after an edit: what is put in at its edges is a part of it. */
function moveOuterSpan({ start, end }: Span, { at, removed, added }: Edit): Span {
  const isBefore = at < start && at + removed <= start;
  const movedEnd = end >= at + removed ? end + added - removed : at + added;
  return {
    start: isBefore ? start + added - removed : Math.min(start, at),
    end: end < at ? end : movedEnd,
  };
}
