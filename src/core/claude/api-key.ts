import type { L10n } from '../l10n.ts';

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
 * @param words values that may be a part of an ordinary word: the shorter ones are redacted only
 *   where no letter or digit is next to them
 */
export function createRedactor(
  key: string,
  secrets: readonly string[] = [],
  words: readonly string[] = [],
): Redact {
  const patterns = new Map(words.map((word) => [word, wholeWord(word)]));
  for (const secret of [key, ...secrets]) patterns.set(secret, escapeRegExp(secret));
  patterns.delete('');
  if (patterns.size === 0) return (text) => text;
  // The longest first, as one may be a part of another; and all in one pass over the text.
  const inOrder = [...patterns].toSorted(([a], [b]) => b.length - a.length);
  const any = new RegExp(inOrder.map(([, pattern]) => pattern).join('|'), 'gi');
  const isKey = (found: string): boolean => found.toLowerCase() === key.toLowerCase();
  return (text) => text.replace(any, (found) => (isKey(found) ? '[API key]' : '[secret]'));
}

/** Values of this length and more are no part of an ordinary word. */
const minDistinctLength = 12;

function wholeWord(text: string): string {
  if (text.length >= minDistinctLength) return escapeRegExp(text);
  const before = /^[a-z0-9]/i.test(text) ? '(?<![a-z0-9])' : '';
  const after = /[a-z0-9]$/i.test(text) ? '(?![a-z0-9])' : '';
  return before + escapeRegExp(text) + after;
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

type BaseUrlProblem = 'not-http' | 'user' | 'query' | 'fragment';

/** A base URL that can't be used. Nothing is sent then, least of all to another server. */
export interface UnusableBaseUrl {
  readonly problem: BaseUrlProblem;
}

/**
 * Returns the base URL as the SDK needs it: no trailing slash, and neither `/v1` nor
 * `/v1/messages`, which the SDK adds itself.
 */
export function readBaseUrl(written: unknown): string | UnusableBaseUrl {
  const text = typeof written === 'string' ? written.trim() : '';
  if (!URL.canParse(text)) return { problem: 'not-http' };
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { problem: 'not-http' };
  if (url.username !== '' || url.password !== '') return { problem: 'user' };
  if (url.search !== '') return { problem: 'query' };
  if (url.hash !== '') return { problem: 'fragment' };
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1(?:\/messages)?$/, '');
  return url.origin + path.replace(/\/+$/, '');
}

/** What is wrong, without quoting the URL: it may have a password in it. */
export function describeBaseUrlProblem({ problem }: UnusableBaseUrl, l10n: L10n): string {
  const setting = 'claudeStream.baseUrl';
  switch (problem) {
    case 'not-http':
      return l10n.t(
        'Nothing was sent: the setting {0} must be an http or https URL such as {1}.',
        setting,
        defaultBaseUrl,
      );
    case 'user':
      return l10n.t('Nothing was sent: the URL in {0} has a user name or password.', setting);
    case 'query':
      return l10n.t('Nothing was sent: the URL in {0} has a query string (“?…”).', setting);
    case 'fragment':
      return l10n.t('Nothing was sent: the URL in {0} has a fragment (“#…”).', setting);
  }
}
