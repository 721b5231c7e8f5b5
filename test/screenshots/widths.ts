import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { PanelPage } from '../browser/panel/panel-page.ts';
import { states } from '../browser/panel/states.ts';

/** Each state of the panel alone: narrow, as usual, wide, and zoomed to 200 %. */
export async function takeWidths(browser: Browser, folder: string): Promise<void> {
  for (const [state, reach] of Object.entries(states)) {
    await using panel = await PanelPage.open(browser, { height: 700 });
    await reach(panel);
    for (const [width, height, name] of [
      [300, 700, '300'],
      [600, 700, '600'],
      [1100, 700, '1100'],
      [300, 350, '600-at-200-percent'],
    ] as const) {
      await panel.page.setViewportSize({ width, height });
      await panel.settled();
      const file = `panel-${state.replaceAll(/\W+/g, '-')}-${name}.png`;
      await panel.page.screenshot({ path: join(folder, file) });
    }
  }
}
