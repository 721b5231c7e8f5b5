import { type SecretKind, secretShapes } from './secret-shapes.ts';

/** What is likely a secret in a text: where it is, in UTF-16 code units. */
export interface Secret {
  readonly kind: SecretKind;
  readonly start: number;
  readonly end: number;
}

/**
 * What looks like a key, a token or a password in a text, in its order; none overlaps another. It knows
 * the shapes that are in use, so it finds most and not all; examples and placeholders aren't told.
 */
export function findSecrets(text: string): readonly Secret[] {
  const found = [...privateKeys(text), ...shaped(text)].toSorted(
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

function shaped(text: string): readonly Secret[] {
  return secretShapes.flatMap(({ kind, pattern, mustLookRandom }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const { secret, single, bare } = match.groups ?? {};
      const value = secret ?? single ?? bare ?? match[0];
      if (isExample(value) || (mustLookRandom && !looksRandom(value))) return [];
      const start = match.index + match[0].lastIndexOf(value);
      return [{ kind, start, end: start + value.length }];
    }),
  );
}

/** From the line that begins one to the line that ends it, or to the end of the text. */
function privateKeys(text: string): readonly Secret[] {
  const found: Secret[] = [];
  const head = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
  for (let match = head.exec(text); match !== null; match = head.exec(text)) {
    const start = match.index;
    const after = start + match[0].length;
    const tail = text.indexOf('-----END ', after);
    const close = tail < 0 ? -1 : text.indexOf('-----', tail + 9);
    const end = close < 0 ? text.length : close + 5;
    head.lastIndex = end;
    // Code that looks for keys has the line alone, without a key behind it.
    if (
      /^\s*(?:\\n)?\s*(?:[A-Za-z-]+: [^\n]*\n\s*)*[A-Za-z0-9+/=\s\\]{40}/.test(
        text.slice(after, after + 400),
      )
    ) {
      found.push({ kind: 'private key', start, end });
    } else head.lastIndex = after;
  }
  return found;
}

/** What documentation writes in a secret's place. */
function isExample(value: string): boolean {
  return (
    /example|your|placeholder|changeme|redacted|dummy|sample|x{5}|\*{3}|\.{3}|0{6}|1234567|abcdef/i.test(
      value,
    ) || new Set(value).size < 8
  );
}

/** Letters of both cases and digits, in no word's order: by chance, not by a person. */
function looksRandom(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(value)).length;
  // Names in camel case and paths change their kind at words, random ones nearly everywhere.
  const changes = [...value.matchAll(/[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])/g)].length;
  return kinds === 3 ? changes >= value.length / 6 : kinds === 2 && changes >= value.length / 5;
}
