import { jsonObjectsIn, parseJson } from './json-objects.ts';
import { type Fields, isFields } from './wire-fields.ts';

/*
 * What a server says of an error. The API has one shape; gateways have dozens, often with another
 * server's error inside, as JSON or as text.
 */
export interface ServerError {
  /** Its own words, in whole; null where there are none. */
  readonly words: string | null;
  /** Types and codes, the outermost first, in lower case without `_`, `-` and blanks. */
  readonly codes: readonly string[];
  /** An HTTP status in the body; null where there is none. */
  readonly status: number | null;
}

/** Fields that hold words, or an error with words; the likeliest first. */
const wordFields = [
  'error',
  'message',
  'msg',
  'detail',
  'details',
  'error_description',
  'error_message',
  'errorMessage',
  'errors',
  'description',
  'reason',
  'reasons',
  'metadata',
  'raw',
  'innererror',
  'Message',
  'title',
] as const;
const codeFields = ['type', 'code', 'status', 'error_code', '__type', 'reason'] as const;
const statusFields = ['status', 'status_code', 'statusCode', 'code'] as const;

/** How deep errors are nested, at the most. */
const maxDepth = 6;

/** Whether a JSON object that isn't a stream's event tells of an error. */
export function hasServerError(value: Fields): boolean {
  const { error, type, message, detail, msg } = value;
  if (isFields(error) || (typeof error === 'string' && error !== '')) return true;
  if (typeof type === 'string' && type !== '') return /(error|exception)$/i.test(type);
  if (Object.keys(value).some((name) => /Exception$/.test(name))) return true;
  if (['delta', 'content_block', 'content', 'usage'].some((name) => name in value)) return false;
  // A single word may as well be any event's field that was spoiled.
  return [message, detail, msg].some((said) => typeof said === 'string' && /\S\s+\S/.test(said));
}

/** @param body an error's JSON, its text, or a page */
export function readServerError(body: unknown): ServerError {
  const found = { words: [] as string[], codes: [] as string[], statuses: [] as number[] };
  collect(body, found, 0);
  if (found.words.length === 0) {
    found.words.push(...sentencesIn(body, 0));
  }
  return {
    words: joined(found.words),
    codes: found.codes,
    status: found.statuses[0] ?? null,
  };
}

interface Found {
  readonly words: string[];
  readonly codes: string[];
  readonly statuses: number[];
}

function collect(value: unknown, found: Found, depth: number): void {
  if (depth > maxDepth) return;
  if (typeof value === 'string') collectText(value, found, depth);
  else if (Array.isArray(value)) for (const one of value) collect(one, found, depth + 1);
  else if (isFields(value)) {
    for (const name of codeFields) {
      const code = value[name];
      if (typeof code === 'string' && code !== '') found.codes.push(plainCode(code));
    }
    for (const name of statusFields) {
      const status = Number(value[name] ?? Number.NaN);
      if (Number.isInteger(status) && status >= 400 && status < 600) found.statuses.push(status);
    }
    for (const name of wordFields) {
      // A short word there is a code.
      if (name === 'reason' && !/\s/.test(String(value[name]))) continue;
      collect(value[name], found, depth + 1);
    }
  }
}

/** A text may be JSON, have JSON in it, be a page, or be the words themselves. */
function collectText(text: string, found: Found, depth: number): void {
  if (text.trim() === '' || text.trim() === 'null') return;
  const whole = /^\s*[{["]/.test(text) ? parseJson(text) : undefined;
  if (whole !== undefined && typeof whole !== 'number') {
    collect(whole, found, depth + 1);
    return;
  }
  const [inside] = text.includes('{')
    ? jsonObjectsIn(text).filter(isFields).filter(hasServerError)
    : [];
  if (inside === undefined) {
    // JSON that was cut off isn't words.
    if (/^\s*[{[]/.test(text)) return;
    found.words.push(isPage(text) ? pageWords(text) : text.trim());
    return;
  }
  const before = text.slice(0, text.indexOf('{')).trim();
  if (before !== '') found.words.push(before);
  collect(inside, found, depth + 1);
}

/** Whatever is more than one word, wherever it stands. */
function sentencesIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return /\S\s+\S/.test(value) && depth > 0 ? [value.trim()] : [];
  if (typeof value !== 'object' || value === null || depth > maxDepth) return [];
  return Object.values(value).flatMap((one) => sentencesIn(one, depth + 1));
}

/** Each piece once; one that is part of another says nothing new. */
function joined(pieces: readonly string[]): string | null {
  const known = pieces.filter(
    (piece, at) =>
      piece !== '' &&
      !pieces.some(
        (other, elsewhere) =>
          other.includes(piece) && (other.length > piece.length || elsewhere < at),
      ),
  );
  return known.length === 0 ? null : known.map(asSentence).join(' ');
}

/** Pieces that follow one another read as sentences. */
function asSentence(piece: string, at: number, all: readonly string[]): string {
  return at === all.length - 1 || /[.!?:–-]$/.test(piece) ? piece : `${piece}:`;
}

/** `rate_limit_error`, `RATE-LIMIT ERROR` and `RateLimitError` are one code. */
function plainCode(code: string): string {
  return code.toLowerCase().replace(/[\s_-]/g, '');
}

export function isPage(text: string): boolean {
  return /^\s*(<!doctype|<html|<\?xml|<[a-z][\w-]*[\s>/])/i.test(text);
}

/** What a reader sees of a page, without its markup. */
export function pageWords(html: string): string {
  return html
    .replace(/<(script|style|svg|noscript)\b[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
    .replace(/<!--[\s\S]*?(-->|$)/g, ' ')
    .replace(/<[^>]*(>|$)/g, ' ')
    .replace(/&(?:nbsp|#160);/gi, ' ')
    .replace(/&amp;/gi, '&')
    .replace(/\s+/g, ' ')
    .trim();
}
