/*
 * The head of a prompt file: `key: value` lines between two lines of `---`. Of YAML it takes what
 * such files use: plain, 'single' and "double" quoted scalars, `|` and `>` blocks, comments. What
 * stands deeper, lists and maps under a key, belongs to tools that we don't have: it is passed
 * over.
 */

export type FrontMatter =
  | {
      readonly ok: true;
      /** By key; empty where the value is a list or a map of its own. */
      readonly fields: ReadonlyMap<string, string>;
      /** What follows the head. */
      readonly body: string;
    }
  | {
      readonly ok: false;
      /** Which line of it can't be read, from 1; null where its end is missing. */
      readonly line: number | null;
    };

/** A file's head and body. A file without a head is all body. */
export function splitFrontMatter(text: string): FrontMatter {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  if (lines[0]?.trimEnd() !== '---') return { ok: true, fields: new Map(), body: lines.join('\n') };
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end < 0) return { ok: false, line: null };
  const fields = new Map<string, string>();
  for (let index = 1; index < end; ) {
    const line = lines[index] ?? '';
    const after = nextField(lines, index + 1, end);
    if (!isBlank(line)) {
      const { key, rest } = readKey(line);
      const value = key === null ? null : readValue(rest, lines.slice(index + 1, after));
      // A key that comes twice says two things at once.
      if (key === null || value === null || fields.has(key)) return { ok: false, line: index + 1 };
      fields.set(key, value);
    }
    index = after;
  }
  return { ok: true, fields, body: lines.slice(end + 1).join('\n') };
}

/** A key ends at a colon with a space or nothing behind it. Null where there is none. */
function readKey(line: string): { readonly key: string | null; readonly rest: string } {
  const colon = /:(?=\s|$)/.exec(line)?.index ?? 0;
  const key = line.slice(0, colon).trim();
  return { key: key === '' ? null : key, rest: line.slice(colon + 1) };
}

/** Whether there is nothing on a line but perhaps a comment. */
function isBlank(line: string): boolean {
  // `.*$` would not do: U+2028 ends a line for `.`, and none of ours.
  return /^\s*(?:#|$)/.test(line);
}

/**
 * Where the next field begins: what is indented, or an item of a list, belongs to the one before.
 */
function nextField(lines: readonly string[], from: number, end: number): number {
  let index = from;
  while (index < end && /^(\s|-(\s|$)|$)/.test(lines[index] ?? '')) index++;
  return index;
}

/** Null where it is no value. @param below the lines that belong to it */
function readValue(rest: string, below: readonly string[]): string | null {
  const written = rest.trim();
  const block = /^([|>])[+-]?\d?[ \t]*(?:#|$)/.exec(written);
  if (block !== null) return blockText(below, block[1] === '|');
  const quote = written[0];
  if (quote === '"' || quote === "'") return quoted(written, quote);
  // Cut at its first place: `#.*$` would look for the end from each `#` before a U+2028.
  const comment = /(?:^|\s)#/.exec(written);
  const plain = written.slice(0, comment?.index).trim();
  const more = below.filter((line) => !isBlank(line));
  // A list or a map below its key; or a plain value that goes on.
  if (plain === '') return '';
  return [plain, ...more.map((line) => line.trim())].join(' ');
}

function blockText(below: readonly string[], keepsLines: boolean): string {
  const filled = below.filter((line) => line.trim() !== '');
  const indent = Math.min(...filled.map((line) => line.length - line.trimStart().length));
  const text = below
    .map((line) => line.slice(indent))
    .join('\n')
    .trim();
  return keepsLines ? text : text.replace(/(?<!\n)\n(?!\n)/g, ' ');
}

/** A quoted scalar on one line; a comment may follow it. */
function quoted(written: string, quote: '"' | "'"): string | null {
  const [, inner] =
    (quote === '"' ? /^"((?:[^"\\]|\\.)*)"\s*(?:#|$)/ : /^'((?:[^']|'')*)'\s*(?:#|$)/).exec(
      written,
    ) ?? [];
  if (inner === undefined) return null;
  if (quote === "'") return inner.replaceAll("''", "'");
  return inner.replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
