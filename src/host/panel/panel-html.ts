import type { PanelStrings } from '../../core/protocol.ts';

export interface PanelResources {
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUris: readonly string[];
}

/**
 * The panel's page: one script under a nonce, style sheets, and the strings in an escaped
 * attribute. Nothing else may load, run or be styled.
 */
export function panelHtml(
  resources: PanelResources,
  conversationId: string,
  strings: PanelStrings,
): string {
  const nonce = makeNonce();
  const csp = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${resources.cspSource}`,
    `font-src ${resources.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${resources.styleUris.map(styleLink).join('\n')}
<title>Claude</title>
</head>
<body data-conversation-id="${escapeAttribute(conversationId)}" data-strings="${escapeAttribute(JSON.stringify(strings))}">
<main id="transcript"></main>
<div id="announcer" role="status" aria-live="polite"></div>
<script nonce="${nonce}" src="${escapeAttribute(resources.scriptUri)}"></script>
</body>
</html>`;
}

function styleLink(uri: string): string {
  return `<link rel="stylesheet" href="${escapeAttribute(uri)}">`;
}

/** 192 random bits. */
function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes));
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
