/** The major version of the format; a higher one is refused. */
export const journalVersion = 1;

const sealLength = ',"sum":"00000000"}'.length;
const checksumLength = 8;
const closingBrace = '}'.charCodeAt(0);

/**
 * A line of a journal: JSON whose last field is a sum over all that comes before. JSON alone
 * doesn't show that a letter was flipped, and a flipped digit would put text in another place.
 */
export function seal(value: object): string {
  const json = JSON.stringify(value);
  return `${json.slice(0, -1)},"sum":"${checksum(json, json.length - 1)}"}`;
}

/** What was sealed, or null where the line isn't what was written. */
export function unseal(line: string): unknown {
  const end = line.length - sealLength;
  if (end < 0 || !line.startsWith(',"sum":"', end) || !line.endsWith('"}')) return null;
  // Of the line itself: the shorter string is made only where it is to be read.
  if (line.slice(-2 - checksumLength, -2) !== checksum(line, end)) return null;
  return parseJson(`${line.slice(0, end)}}`);
}

/** Null where it isn't JSON. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** Tells values apart without giving them away: eight hexadecimal digits. */
export function fingerprint(text: string): string {
  return checksum(text, text.length);
}

/**
 * FNV-1a over UTF-16 code units: finds any one change, in one pass without a table.
 * @param end how much of the text there is before the closing brace, which counts too
 */
function checksum(text: string, end: number): string {
  let sum = 0x811c9dc5;
  for (let i = 0; i < end; i++) {
    sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  }
  sum = Math.imul(sum ^ closingBrace, 0x01000193);
  return (sum >>> 0).toString(16).padStart(checksumLength, '0');
}
