import type { Locator } from 'playwright-core';
import type { Workbench } from '../vscode/workbench.ts';
import { PanelPage } from './panel.ts';

/** The panels that can be seen, from left to right, as soon as there are so many. */
export async function panelsOnScreen(
  { page }: Workbench,
  count: number,
): Promise<readonly PanelPage[]> {
  const webviews = page.locator('iframe.webview.ready').filter({ visible: true });
  // They come one after the other with a window that is reloaded, and go while others take their place.
  const deadline = Date.now() + 30_000;
  let shown: Locator[] = [];
  while (shown.length !== count) {
    if (Date.now() > deadline) throw new Error(`${shown.length} panels, not ${count}`);
    await webviews.nth(count - 1).waitFor({ timeout: 30_000 });
    shown = await webviews.all();
  }
  const found = await Promise.all(
    shown.map(async (webview) => {
      const box = await webview.boundingBox();
      return { x: box?.x ?? 0, panel: await panelIn(webview) };
    }),
  );
  return found.sort((a, b) => a.x - b.x).map(({ panel }) => panel);
}

async function panelIn(webview: Locator): Promise<PanelPage> {
  const active = webview.contentFrame().locator('iframe#active-frame');
  await active.waitFor();
  await active.contentFrame().locator('[data-composer]').waitFor();
  const frame = await (await active.elementHandle())?.contentFrame();
  if (frame === null || frame === undefined) throw new Error('The webview closed while it opened.');
  return new PanelPage(frame);
}

/** Clicks into a panel and waits until its column is the active one: VS Code hears of it a moment later. */
export async function focusPanel({ page }: Workbench, { frame }: PanelPage): Promise<void> {
  await frame.locator('main').click({ position: { x: 2, y: 2 } });
  const webview = await frame.parentFrame()?.frameElement();
  const box = await webview?.boundingBox();
  await page.waitForFunction((x) => {
    const column = document.querySelector('.editor-group-container.active');
    return Math.abs((column?.getBoundingClientRect().x ?? 0) - x) < 5;
  }, box?.x ?? 0);
}
