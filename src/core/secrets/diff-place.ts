/** A place in a file that a diff changes. Lines count from 1. */
export interface DiffPlace {
  readonly file: string;
  readonly line: number;
}

const fileHeader = /^(?:---|\+\+\+) (?:[ab]\/)?([^\t]+)/;
const hunkHeader = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Returns where a line of a unified diff stands in its file: in the old one where the line is removed,
 * else in the new one. Null for a line outside of hunks.
 * @param line of the diff, from 1
 */
export function locateInDiff(diff: string, line: number): DiffPlace | null {
  let file = '';
  let [oldLine, newLine, oldLeft, newLeft] = [0, 0, 0, 0];
  let place: DiffPlace | null = null;
  for (const text of diff.split('\n', line)) {
    place = null;
    if (oldLeft > 0 || newLeft > 0) {
      if (text.startsWith('\\')) continue;
      const isRemoved = text.startsWith('-');
      place = { file, line: isRemoved ? oldLine : newLine };
      if (!text.startsWith('+')) [oldLine, oldLeft] = [oldLine + 1, oldLeft - 1];
      if (!isRemoved) [newLine, newLeft] = [newLine + 1, newLeft - 1];
      continue;
    }
    const [, oldFrom, oldCount = '1', newFrom, newCount = '1'] = hunkHeader.exec(text) ?? [];
    if (oldFrom !== undefined && newFrom !== undefined) {
      [oldLine, newLine] = [Number(oldFrom), Number(newFrom)];
      [oldLeft, newLeft] = [Number(oldCount), Number(newCount)];
      continue;
    }
    const [, name] = fileHeader.exec(text) ?? [];
    // A deleted file has its name in the header before.
    if (name !== undefined && name !== '/dev/null') file = name;
  }
  return place;
}
