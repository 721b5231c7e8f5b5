export type KeyProblem = 'empty' | 'illegal-character';

/**
 * What is wrong with a key's characters, or null. A key that can't stand in an HTTP header must not
 * reach the SDK: its error would quote the key.
 */
export function keyProblem(key: string): KeyProblem | null {
  if (key === '') return 'empty';
  return /^[\x21-\x7e]+$/.test(key) ? null : 'illegal-character';
}

/** A text in which secrets may stand, without them. */
export type Redact = (text: string) => string;

/**
 * Takes the key out of what others say, and the secrets of the headers, in whatever letter case.
 */
export function redactor(key: string, secrets: readonly string[] = []): Redact {
  const hidden = [key, ...secrets].filter((secret) => secret !== '');
  if (hidden.length === 0) return (text) => text;
  // The longest first, as one may be a part of another; and all in one pass over the text.
  const inOrder = hidden.toSorted((a, b) => b.length - a.length);
  const any = new RegExp(inOrder.map(literally).join('|'), 'gi');
  const isKey = (found: string): boolean => found.toLowerCase() === key.toLowerCase();
  return (text) => text.replace(any, (found) => (isKey(found) ? '[API key]' : '[secret]'));
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
