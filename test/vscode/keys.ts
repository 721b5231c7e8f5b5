/** Presses keys in Playwright's names; a chord's parts are separated by spaces. */
import type { Page } from 'playwright-core';

export async function pressKeys(page: Page, keys: string): Promise<void> {
  for (const part of keys.split(' ')) await page.keyboard.press(part);
}
