/** Finds the document of an extension's webview, two iframes deep. */
import type { Frame, Page } from 'playwright-core';

/** How long a panel may take to come back: the extension host starts first. In milliseconds. */
const restoreMs = 40_000;

export interface WhichPanel {
  /** `publisher.name`; any extension's webview without it. */
  readonly extensionId?: string | undefined;
  /** The title of the tab. */
  readonly title?: string | undefined;
}

/**
 * Waits until the webview shows its content. VS Code destroys the frame when the webview is hidden,
 * moved or gets new HTML: ask again then, the old frame is detached. One that is destroyed while it is
 * looked at is looked for again.
 */
export async function panelFrame(page: Page, which: WhichPanel): Promise<Frame> {
  const { extensionId, title } = which;
  const byExtension =
    extensionId === undefined ? '' : `[src*=${JSON.stringify(`extensionId=${extensionId}&`)}]`;
  const byTitle = title === undefined ? '' : `[title=${JSON.stringify(title)}]`;
  const outer = page.locator(`iframe.webview.ready${byExtension}`).filter({ visible: true });
  const inner = outer.last().contentFrame().locator(`iframe#active-frame${byTitle}`);
  for (let attempt = 1; attempt <= 3; attempt++) {
    await inner.waitFor({ timeout: restoreMs });
    await inner.contentFrame().locator('body').waitFor({ state: 'attached' });
    const frame = await (await inner.elementHandle())?.contentFrame();
    if (frame !== null && frame !== undefined && !frame.isDetached()) return frame;
  }
  throw new Error('The webview closed while it opened.');
}
