import type { PanelStrings } from '../../core/protocol.ts';
import { escapeAttribute, makeNonce, securityPolicy } from '../webview-page.ts';

export interface PanelResources {
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUris: readonly string[];
  /** Loaded by the page itself, under the same nonce, once there is code to colour. */
  readonly highlighterUri: string;
}

/**
 * The panel's page: one script under a nonce, our style sheets, and the strings in an escaped
 * attribute. Nothing else may load, run or be styled.
 *
 * @param language of the strings, as BCP 47 has it
 */
export function panelHtml(
  resources: PanelResources,
  conversationId: string,
  strings: PanelStrings,
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
${resources.styleUris.map((uri) => `<link rel="stylesheet" href="${escapeAttribute(uri)}">`).join('\n')}
<title>Claude</title>
</head>
<body data-conversation-id="${escapeAttribute(conversationId)}" data-strings="${escapeAttribute(JSON.stringify(strings))}" data-highlighter="${escapeAttribute(resources.highlighterUri)}">
<main>
<h1 class="unseen">${escapeAttribute(strings.pageTitle)}</h1>
<div id="transcript" data-vscode-context="${escapeAttribute(JSON.stringify({ webviewSection: 'transcript' }))}"></div>
</main>
<form id="composer" class="composer"></form>
<div id="announcer" class="unseen" role="status" aria-live="polite"></div>
<script nonce="${nonce}" src="${escapeAttribute(resources.scriptUri)}"></script>
</body>
</html>`;
}
