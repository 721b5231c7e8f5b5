/** What a webview's page is made of. */
export interface PageParts {
  /** Of the words, as BCP 47 has it. */
  readonly language: string;
  readonly cspSource: string;
  readonly styleUris: readonly string[];
  readonly scriptUri: string;
  readonly title: string;
  /** What the script is told, by the names of `data-` attributes. */
  readonly data: Readonly<Record<string, string>>;
  /** HTML of our own. */
  readonly body: string;
}

/**
 * A page with one script under a nonce, and our style sheets; nothing else may load, run or be
 * styled.
 */
export function webviewPage(parts: PageParts): string {
  const { language, cspSource, styleUris, scriptUri, title, data, body } = parts;
  const nonce = makeNonce();
  const styles = styleUris.map((uri) => `<link rel="stylesheet" href="${escapeAttribute(uri)}">`);
  const attributes = Object.entries(data).map(
    ([name, value]) => ` data-${name}="${escapeAttribute(value)}"`,
  );
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy(nonce, cspSource)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${styles.join('\n')}
<title>${escapeAttribute(title)}</title>
</head>
<body${attributes.join('')}>
${body}
<script nonce="${nonce}" src="${escapeAttribute(scriptUri)}"></script>
</body>
</html>`;
}

/**
 * Nothing may load, run or be styled but the one script under the nonce and our own sheets and
 * fonts.
 */
function securityPolicy(nonce: string, cspSource: string): string {
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
function makeNonce(): string {
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
