import type { InlineParser, ParsedInline } from './inline-parser.ts';

/** What in a run of text could reach beyond it: brackets and backticks that nothing closes. */
export interface InlineScan {
  /** Every run of backticks, by length. */
  readonly backtickRunLengths: ReadonlySet<number>;
  /** The runs of backticks that open no code span in this text. */
  readonly openBacktickRuns: readonly { readonly at: number; readonly length: number }[];
  /** Where the brackets begin that nothing closes. */
  readonly openBrackets: readonly number[];
  /** Whether a bracket closes that nothing opened. */
  readonly closesBracket: boolean;
}

export function scanInline(text: string): InlineScan {
  const runs = new Set<number>();
  const openRuns: { at: number; length: number }[] = [];
  const openBrackets: number[] = [];
  let closesBracket = false;
  const isInUrl = createUrlScan(text);
  for (let at = 0; at < text.length; ) {
    switch (text[at]) {
      case '\\':
        at += 2;
        break;
      case '`': {
        const length = countBackticks(text, at);
        runs.add(length);
        const end = findClosingRun(text, at + length, length);
        if (end === -1) openRuns.push({ at, length });
        for (const run of text.slice(at, end === -1 ? at : end).match(/`+/g) ?? []) {
          runs.add(run.length);
        }
        at = end === -1 ? at + length : end;
        break;
      }
      case '[':
        openBrackets.push(at++);
        break;
      case ']':
        if (openBrackets.length === 0) closesBracket = true;
        // In an address it closes nothing, perhaps: then better one open too many.
        else if (!isInUrl(at)) openBrackets.pop();
        at++;
        break;
      default:
        at++;
    }
  }
  return { backtickRunLengths: runs, openBacktickRuns: openRuns, openBrackets, closesBracket };
}

function countBackticks(text: string, at: number): number {
  let end = at;
  while (text[end] === '`') end++;
  return end - at;
}

/**
 * Where the code span ends whose opening run of backticks ends here; -1 where nothing closes it.
 */
function findClosingRun(text: string, from: number, length: number): number {
  for (let at = text.indexOf('`', from); at !== -1; at = text.indexOf('`', at)) {
    const found = countBackticks(text, at);
    at += found;
    if (found === length) return at;
  }
  return -1;
}

/** Whether a place may be in an address; asked about later and later places. */
function createUrlScan(text: string): (at: number) => boolean {
  let next = 0;
  let isInUrl = false;
  return (at) => {
    for (; next < at; next++) {
      const character = text[next] ?? '';
      if (/[\s[(]/.test(character)) isInUrl = false;
      else if (/[<:]/.test(character)) isInUrl = true;
    }
    return isInUrl;
  };
}

/**
 * Without these characters at the end. Not by `[…]+$`: that would look for the end from each place
 * in a long run of them.
 */
function trimCharactersEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

export interface ParsedOpenInline extends ParsedInline {
  /** Whether it stands there as it came, nothing added and nothing but white space left away. */
  readonly isVerbatim: boolean;
}

/** Half-open code and brackets further back than this are taken for what they are. */
const maxLookback = 400;

/**
 * Running text that is still arriving, as it will most likely read: what is half open is closed,
 * and what is half there is left away.
 * @param isInLine whether more of the last line may come
 */
export function parseOpenInline(
  content: string,
  parser: InlineParser,
  isInLine: boolean,
): ParsedOpenInline {
  const { openBacktickRuns: openRuns, openBrackets } = scanInline(content);
  const run = openRuns.find(({ at }) => content.length - at < maxLookback);
  if (run !== undefined) {
    const before = content.slice(0, run.at);
    const code = trimCharactersEnd(content.slice(run.at + run.length), '`');
    const ticks = '`'.repeat(run.length);
    const span = code.trim() === '' ? '' : ticks + code + ticks;
    return parseClosed(content, stripOpenBrackets(before, openBrackets) + span, parser);
  }
  const text = stripPartialLink(content, openBrackets);
  return parseClosed(content, stripPartialDelimiter(text, isInLine), parser);
}

function parseClosed(content: string, text: string, parser: InlineParser): ParsedOpenInline {
  const parsed = parser.parse(text);
  const { openers } = parsed;
  if (openers.length === 0) return { ...parsed, isVerbatim: text === content.trimEnd() };
  return { ...parser.parse(text + openers.toReversed().join('')), isVerbatim: false };
}

function stripPartialDelimiter(content: string, isInLine: boolean): string {
  const text = isInLine ? content.replace(/(?:&#?\w{0,31}|<[a-z][^\s<>]*|<|\\)$/i, '') : content;
  return trimCharactersEnd(text, '*_~').trimEnd();
}

/** The words of a link whose address is on its way, without the brackets. */
function stripPartialLink(content: string, openBrackets: readonly number[]): string {
  const link = /!?\[([^[\]]*)\](?:\([^()\s]*(?:\s+(?:["'(][^"')]*["')]?\s*)?)?|\[[^[\]]*)?$/.exec(
    content.slice(-maxLookback),
  );
  const match = link?.[0];
  if (match !== undefined) return content.slice(0, -match.length) + (link?.[1] ?? '');
  return stripOpenBrackets(content, openBrackets);
}

function stripOpenBrackets(content: string, openBrackets: readonly number[]): string {
  // One more: an image's `!`, which stands before its bracket.
  const start = Math.max(0, content.length - maxLookback - 1);
  let tail = content.slice(start);
  for (const position of openBrackets.toReversed()) {
    const at = position - start;
    if (content.length - position >= maxLookback) break;
    if (at >= tail.length) continue;
    const from = tail[at - 1] === '!' ? at - 1 : at;
    tail = tail.slice(0, from) + tail.slice(at + 1);
  }
  return content.slice(0, start) + tail;
}
