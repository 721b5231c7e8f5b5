/** One item of the status bar. Its DOM id is `<publisher>.<extension>.<item id>`. */
import type { Locator, Page } from 'playwright-core';
import { restMouse } from './mouse.ts';

export class StatusBarItem {
  readonly #page: Page;
  readonly #item: Locator;

  constructor(page: Page, idSuffix: string) {
    this.#page = page;
    this.#item = page.locator(`.statusbar-item[id$=${JSON.stringify(idSuffix)}]`);
  }

  async waitUntilShown(): Promise<void> {
    await this.#item.waitFor();
  }

  async isShown(): Promise<boolean> {
    return this.#item.isVisible();
  }

  /** The text as it is read; icons give none. */
  async text(): Promise<string> {
    return (await this.#item.innerText()).replaceAll('\u00a0', ' ').trim();
  }

  /** Waits until the text contains this, or matches it. */
  async waitForText(text: string | RegExp): Promise<void> {
    await this.#item.filter({ hasText: text }).waitFor();
  }

  /** What a screen reader says. */
  async label(): Promise<string> {
    return (await this.#item.getAttribute('aria-label')) ?? '';
  }

  /** Rests the mouse on the item until its tooltip shows, reads it, and takes the mouse away. */
  async tooltip(): Promise<string> {
    const hover = this.#page.locator('.workbench-hover').filter({ visible: true });
    await this.#item.hover();
    await hover.waitFor();
    const text = (await hover.innerText()).trim();
    await restMouse(this.#page);
    await hover.waitFor({ state: 'hidden' });
    return text;
  }

  /** Rests the mouse on the item, and clicks a link of its tooltip. */
  async clickInTooltip(name: string): Promise<void> {
    await this.#item.hover();
    const hover = this.#page.locator('.workbench-hover').filter({ visible: true });
    await hover.getByRole('link', { name, exact: true }).click();
    await restMouse(this.#page);
    await hover.waitFor({ state: 'hidden' });
  }

  async click(): Promise<void> {
    await this.#item.locator('a').first().click();
    await restMouse(this.#page);
  }
}
