export type KeyProblem = 'empty' | 'illegal-character';

/**
 * What is wrong with a key's characters, or null. A key that can't stand in an HTTP header must not
 * reach the SDK: its error would quote the key.
 */
export function keyProblem(key: string): KeyProblem | null {
  if (key === '') return 'empty';
  return /^[\x21-\x7e]+$/.test(key) ? null : 'illegal-character';
}

/** A text in which the key may stand, without it. */
export function withoutKey(text: string, key: string): string {
  return key === '' ? text : text.replaceAll(key, '[API key]');
}
