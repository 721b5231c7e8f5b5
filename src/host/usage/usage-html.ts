import type { UsageStrings } from '../../core/usage/usage-protocol.ts';
import { escapeAttribute, makeNonce, securityPolicy } from '../webview-page.ts';

export interface UsageResources {
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

/** The usage view's page: one script under a nonce, one style sheet; nothing else may load or run. */
export function usageHtml(
  resources: UsageResources,
  strings: UsageStrings,
  language: string,
): string {
  const nonce = makeNonce();
  const csp = securityPolicy(nonce, resources.cspSource);
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeAttribute(resources.styleUri)}">
<title>${escapeAttribute(strings.title)}</title>
</head>
<body data-strings="${escapeAttribute(JSON.stringify(strings))}">
<main id="usage"></main>
<script nonce="${nonce}" src="${escapeAttribute(resources.scriptUri)}"></script>
</body>
</html>`;
}
