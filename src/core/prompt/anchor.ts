import type { LineRange } from './attachment.ts';

/** Where an attached text stands in its document now, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A change of a document: `removed` code units at `at` gave way to `added` ones. */
export interface Edit {
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
export function offsetOfLine(document: string, line: number): number {
  let offset = 0;
  for (let count = 1; count < line; count++) {
    const end = document.indexOf('\n', offset);
    if (end < 0) return document.length;
    offset = end + 1;
  }
  return offset;
}

/** The lines of a span, as an attachment has them. */
export function linesOf(document: string, { start, end }: Span): LineRange {
  const last = end > start && document[end - 1] === '\n' ? end - 1 : end;
  const from = lineAt(document, start);
  return { from, to: Math.max(from, lineAt(document, last)) };
}

function lineAt(document: string, offset: number): number {
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
