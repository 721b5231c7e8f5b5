/** Takes the mouse to a corner where nothing reacts to it: no hover, no scroll bars in pictures. */
import type { Page } from 'playwright-core';

export async function restMouse(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
}
