import { isExample } from './looks-random.ts';
import type { SecretKind } from './secret-kinds.ts';
import { secretShapes } from './secret-shapes.ts';

/** What is likely a secret in a text: where it is, in UTF-16 code units. */
export interface Secret {
  readonly kind: SecretKind;
  readonly start: number;
  readonly end: number;
}

/**
 * What looks like a key, a token or a password in a text, in its order; none overlaps another. It
 * knows the shapes that are in use, so it finds most and not all; examples and placeholders aren't
 * told.
 */
export function findSecrets(text: string): readonly Secret[] {
  const found = [...findPrivateKeys(text), ...findShaped(text)].toSorted(
    (a, b) => a.start - b.start || b.end - a.end,
  );
  let end = 0;
  return found.filter((secret) => {
    if (secret.start < end) return false;
    end = secret.end;
    return true;
  });
}

/** The text with a mark in each secret's place. */
export function redactSecrets(text: string): string {
  let redacted = '';
  let end = 0;
  for (const secret of findSecrets(text)) {
    redacted += `${text.slice(end, secret.start)}[redacted: ${secret.kind}]`;
    end = secret.end;
  }
  return redacted + text.slice(end);
}

/** Whether the text has such a mark. */
export function isRedacted(text: string): boolean {
  return /\[redacted: [a-z-]+\]/.test(text);
}

function findShaped(text: string): readonly Secret[] {
  return secretShapes.flatMap(({ kind, hint, pattern, accepts }) => {
    if (!text.includes(hint)) return [];
    return [...text.matchAll(pattern)].flatMap((match) => {
      const { secret, single, bare } = match.groups ?? {};
      const value = secret ?? single ?? bare ?? match[0];
      if (isExample(value) || !accepts(value)) return [];
      const start = match.index + match[0].lastIndexOf(value);
      return [{ kind, start, end: start + value.length }];
    });
  });
}

/** What stands behind the first line of a key: perhaps headers, then its letters. */
const keyBody = /^\s*(?:\\n)?\s*(?:[A-Za-z-]{1,30}: [^\n]{0,100}\n\s*){0,4}[A-Za-z0-9+/=\s\\]{40}/;

/** Keys stand in comments, too, and in strings that are joined. */
const commentStart = /\n[ \t]{0,20}(?:#{1,4}|\/{2,4}|\*|;{1,2}|--|>|["'`])?[ \t]{0,4}/g;

/** From the line that begins one to the line that ends it, or to the end of the text. */
function findPrivateKeys(text: string): readonly Secret[] {
  const found: Secret[] = [];
  const head = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
  /** The next line that ends one; looked for once, however many begin before it. */
  let tail = -1;
  for (let match = head.exec(text); match !== null; match = head.exec(text)) {
    const after = head.lastIndex;
    // Code that looks for keys has the line alone, without a key behind it.
    const body = text.slice(after, after + 600).replace(commentStart, '\n');
    if (!keyBody.test(body)) continue;
    if (tail < after) tail = indexOrEnd(text, '-----END ', after);
    const end = tail === text.length ? tail : indexOrEnd(text, '-----', tail + 9) + 5;
    found.push({ kind: 'private-key', start: match.index, end: Math.min(end, text.length) });
    head.lastIndex = end;
  }
  return found;
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from);
  return index < 0 ? text.length : index;
}
