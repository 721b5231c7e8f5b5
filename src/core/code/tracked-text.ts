import type { LineRange } from '../prompt/attachment.ts';

/** A change of a document, as an editor tells it. */
interface DocumentEdit extends Edit {
  readonly text: string;
}

/**
 * Where a text stands in a document that is edited. Besides the text itself it may be any that is
 * expected in its place: an edit of ours makes it that, undo and redo go from one to the other.
 */
export class TrackedText {
  /** Longest first: a shorter one may be a part of it. */
  #expected: readonly string[];
  #span: Span;

  constructor(text: string, start: number) {
    this.#expected = [text];
    this.#span = { start, end: start + text.length };
  }

  /** Where it stands now, or what is there instead. */
  get span(): Span {
    return this.#span;
  }

  /** Whether a text is one that is expected there. */
  isExpected(text: string): boolean {
    return this.#expected.includes(text);
  }

  /** An edit will put this in its place. */
  addExpected(text: string): void {
    this.#expected = [...new Set([text, ...this.#expected])].toSorted(
      (a, b) => b.length - a.length,
    );
  }

  /**
   * @param document after the changes
   * @param changes that were made at once, each told by where it was before any of them
   */
  applyChanges(document: string, changes: readonly DocumentEdit[]): void {
    let span = this.#span;
    let outer = this.#span;
    for (const change of changes.toSorted((a, b) => b.at - a.at)) {
      span = moveSpan(span, change);
      outer = moveOuterSpan(outer, change);
    }
    const places = [span, outer];
    this.#span =
      this.#findAt(document, places) ?? this.#findInserted(document, span, changes) ?? span;
  }

  /** What is put in at the edge of the text may be a part of what is expected. */
  #findAt(document: string, places: readonly Span[]): Span | null {
    for (const text of this.#expected) {
      const starts = places.flatMap(({ start, end }) => [start, end - text.length]);
      const start = starts.find((from) => from >= 0 && document.startsWith(text, from));
      if (start !== undefined) return { start, end: start + text.length };
    }
    return null;
  }

  /** The same text may stand elsewhere by chance: it is looked for only where it was put in. */
  #findInserted(document: string, { start }: Span, changes: readonly DocumentEdit[]): Span | null {
    for (const text of this.#expected) {
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

/** Where an attached text stands in its document now, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A change of a document: `removed` code units at `at` gave way to `added` ones. */
interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly added: number;
}

/**
 * Where the text stands: of several places the one whose start is nearest. Null where it is gone.
 */
export function findSpan(document: string, text: string, near: number): Span | null {
  if (text === '') return null;
  const before = document.lastIndexOf(text, near);
  const after = document.indexOf(text, near);
  const start = before < 0 || (after >= 0 && after - near < near - before) ? after : before;
  return start < 0 ? null : { start, end: start + text.length };
}

/** A span after an edit: what is typed at its edges isn't part of it. */
export function moveSpan({ start, end }: Span, { at, removed, added }: Edit): Span {
  const move = (place: number, isStart: boolean): number => {
    if (place < at || (place === at && !isStart)) return place;
    if (place >= at + removed) return place + added - removed;
    return isStart ? at + added : at;
  };
  const moved = { start: move(start, true), end: move(end, false) };
  // All of it was replaced: what is there instead stands for it.
  return at <= start && end <= at + removed && removed > 0
    ? { start: at, end: at + added }
    : { start: Math.min(moved.start, moved.end), end: moved.end };
}

/** Where a line begins, in UTF-16 code units; the end where there are fewer. Lines count from 1. */
export function getLineOffset(document: string, line: number): number {
  let offset = 0;
  for (let count = 1; count < line; count++) {
    const end = document.indexOf('\n', offset);
    if (end < 0) return document.length;
    offset = end + 1;
  }
  return offset;
}

/** The lines of a span, as an attachment has them. */
export function getLineRange(document: string, { start, end }: Span): LineRange {
  const last = end > start && document[end - 1] === '\n' ? end - 1 : end;
  const from = getLineNumber(document, start);
  return { from, to: Math.max(from, getLineNumber(document, last)) };
}

function getLineNumber(document: string, offset: number): number {
  let line = 1;
  for (
    let at = document.indexOf('\n');
    at >= 0 && at < offset;
    at = document.indexOf('\n', at + 1)
  ) {
    line++;
  }
  return line;
}

/**
 * What a saved copy of a text lacks of what is written at a place in it: it was taken a moment
 * earlier. Null where it differs otherwise too.
 * @param at where the writing has come to, in UTF-16 code units
 */
export function findUnsavedText(saved: string, text: string, at: number): string | null {
  const count = text.length - saved.length;
  if (count < 0 || count > at) return null;
  const isCopy = saved === text.slice(0, at - count) + text.slice(at);
  return isCopy ? text.slice(at - count, at) : null;
}
