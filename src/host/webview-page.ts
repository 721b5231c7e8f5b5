/* What the page of every webview needs. */

/** Nothing may load, run or be styled but the one script under the nonce and our own sheets and fonts. */
export function securityPolicy(nonce: string, cspSource: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    // `default-src` doesn't cover these two.
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** 192 random bits. */
export function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes));
}

export function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
