import type { UsageStrings } from '../../core/usage/usage-protocol.ts';
import { webviewPage } from '../webview-page.ts';

export interface UsageResources {
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

/** The usage view's page. @param language of the strings, as BCP 47 has it */
export function usageHtml(
  { styleUri, ...resources }: UsageResources,
  strings: UsageStrings,
  language: string,
): string {
  return webviewPage({
    ...resources,
    language,
    styleUris: [styleUri],
    title: strings.title,
    data: { strings: JSON.stringify(strings) },
    body: '<main id="usage"></main>',
  });
}
