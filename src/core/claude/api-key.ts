type KeyProblem = 'empty' | 'illegal-character';

/**
 * What is wrong with a key's characters, or null. A key that can't stand in an HTTP header must not
 * reach the SDK: its error would quote the key.
 */
export function findKeyProblem(key: string): KeyProblem | null {
  if (key === '') return 'empty';
  return /^[\x21-\x7e]+$/.test(key) ? null : 'illegal-character';
}

/** A text in which secrets may stand, without them. */
export type Redact = (text: string) => string;

/**
 * Takes the key out of what others say, and the secrets of the headers, in whatever letter case.
 */
export function createRedactor(key: string, secrets: readonly string[] = []): Redact {
  const hidden = [key, ...secrets].filter((secret) => secret !== '');
  if (hidden.length === 0) return (text) => text;
  // The longest first, as one may be a part of another; and all in one pass over the text.
  const inOrder = hidden.toSorted((a, b) => b.length - a.length);
  const any = new RegExp(inOrder.map(escapeRegExp).join('|'), 'gi');
  const isKey = (found: string): boolean => found.toLowerCase() === key.toLowerCase();
  return (text) => text.replace(any, (found) => (isKey(found) ? '[API key]' : '[secret]'));
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/**
 * How the key goes to the server: `Authorization: Bearer …`, as the API itself wants it, or
 * `X-Api-Key: …`.
 */
export const authorizationStyles = ['bearer', 'x-api-key'] as const;
export type AuthorizationStyle = (typeof authorizationStyles)[number];

export const defaultBaseUrl = 'https://api.anthropic.com';

/**
 * The base URL as the SDK needs it: no trailing slash and no `/v1`, which the SDK adds itself.
 * Null where it isn't an http(s) URL, or carries a user, a query or a fragment.
 */
export function normaliseBaseUrl(text: string): string | null {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return null;
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '').replace(/\/+$/, '');
  return url.origin + path;
}
