import { diffArrays } from 'diff';

/** Lines and characters count from 0. */
interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** One hunk: what makes these lines those of the new text. */
export interface LineEdit {
  /** Of the old text, the line behind the last not included; none where lines are only added. */
  readonly before: { readonly from: number; readonly to: number };
  /** Of the new text, likewise. */
  readonly after: { readonly from: number; readonly to: number };
  readonly start: TextPosition;
  readonly end: TextPosition;
  /** What stands between `start` and `end` then. */
  readonly text: string;
}

/** Beyond so many different lines the rest is one hunk: finding more would take too long. */
const maxDifferences = 1000;

/**
 * The hunks that turn one text into another, in order. Each can be made without the others, and all
 * together give the new text. Both have line feeds.
 */
export function computeLineEdits(oldText: string, newText: string): readonly LineEdit[] {
  const oldLines = oldText.split('\n');
  const newLines = newText.split('\n');
  return findHunks(oldLines, newLines).map(({ before, after }) => {
    const lines = newLines.slice(after.from, after.to);
    const isLast = before.to === oldLines.length;
    if (!isLast) {
      const start = { line: before.from, character: 0 };
      const end = { line: before.to, character: 0 };
      return { before, after, start, end, text: lines.map((line) => `${line}\n`).join('') };
    }
    // The last line has no line end of its own: the one before it goes or comes with the hunk.
    const end = getLineEnd(oldLines, oldLines.length - 1);
    if (before.from === 0) {
      return { before, after, start: { line: 0, character: 0 }, end, text: lines.join('\n') };
    }
    const start = getLineEnd(oldLines, before.from - 1);
    return { before, after, start, end, text: lines.map((line) => `\n${line}`).join('') };
  });
}

/** The old text with these of its hunks, in order. */
export function applyLineEdits(oldText: string, edits: readonly LineEdit[]): string {
  const lines = oldText.split('\n');
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length + 1;
  }
  const offsetOf = ({ line, character }: TextPosition): number =>
    (starts[line] ?? offset) + character;
  let text = '';
  let done = 0;
  for (const edit of edits) {
    text += oldText.slice(done, offsetOf(edit.start)) + edit.text;
    done = offsetOf(edit.end);
  }
  return text + oldText.slice(done);
}

type Hunk = Pick<LineEdit, 'before' | 'after'>;

function findHunks(oldLines: readonly string[], newLines: readonly string[]): readonly Hunk[] {
  const changes = diffArrays([...oldLines], [...newLines], { maxEditLength: maxDifferences });
  if (changes === undefined) return [wholeHunk(oldLines, newLines)];
  const hunks: Hunk[] = [];
  let before = { from: 0, to: 0 };
  let after = { from: 0, to: 0 };
  const close = (): void => {
    if (before.to > before.from || after.to > after.from) hunks.push({ before, after });
  };
  for (const { added, removed, count } of changes) {
    if (removed) before = { ...before, to: before.to + count };
    else if (added) after = { ...after, to: after.to + count };
    else {
      close();
      before = { from: before.to + count, to: before.to + count };
      after = { from: after.to + count, to: after.to + count };
    }
  }
  close();
  return hunks;
}

/** All but the lines that both begin and end with. */
function wholeHunk(oldLines: readonly string[], newLines: readonly string[]): Hunk {
  const least = Math.min(oldLines.length, newLines.length);
  let from = 0;
  while (from < least && oldLines[from] === newLines[from]) from++;
  let same = 0;
  while (same < least - from && oldLines.at(-1 - same) === newLines.at(-1 - same)) same++;
  return {
    before: { from, to: oldLines.length - same },
    after: { from, to: newLines.length - same },
  };
}

function getLineEnd(lines: readonly string[], line: number): TextPosition {
  return { line, character: lines[line]?.length ?? 0 };
}

/**
 * What stands in place of some text while the new one streams: the lines that have come, and below
 * them the old ones that they haven't reached. So it doesn't shrink at first to grow back.
 * @param newText whole lines so far; empty where none has come
 */
export function overlayStreamedLines(oldText: string, newText: string): string {
  if (newText === '') return oldText;
  const reached = newText.split('\n').length;
  return [newText, ...oldText.split('\n').slice(reached)].join('\n');
}
