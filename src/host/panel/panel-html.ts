import type { PanelStrings } from '../../core/protocol.ts';
import { escapeAttribute, webviewPage } from '../webview-page.ts';

export interface PanelResources {
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUris: readonly string[];
  /** Loaded by the page itself, under the same nonce, once there is code to colour. */
  readonly highlighterUri: string;
}

/** The panel's page. @param language of the strings, as BCP 47 has it */
export function panelHtml(
  resources: PanelResources,
  conversationId: string,
  strings: PanelStrings,
  language: string,
): string {
  const context = JSON.stringify({ webviewSection: 'transcript' });
  const { highlighterUri, ...page } = resources;
  return webviewPage({
    ...page,
    language,
    title: 'Claude',
    data: {
      'conversation-id': conversationId,
      strings: JSON.stringify(strings),
      highlighter: highlighterUri,
    },
    body: `<main>
<h1 class="unseen">${escapeAttribute(strings.pageTitle)}</h1>
<div id="transcript" data-vscode-context="${escapeAttribute(context)}"></div>
</main>
<form id="composer" class="composer"></form>
<div id="announcer" class="unseen" role="status" aria-live="polite"></div>`,
  });
}
