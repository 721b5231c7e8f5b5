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
