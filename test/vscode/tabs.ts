/** The tabs of all editor groups, left to right. */
import type { Page } from 'playwright-core';
import { restMouse } from './mouse.ts';

export interface Tab {
  readonly title: string;
  /** Has unsaved changes. */
  readonly dirty: boolean;
  /** Shown in its group; several groups have one each. */
  readonly shown: boolean;
  /** The one that the keyboard acts on. */
  readonly active: boolean;
}

const activeTab = '.editor-group-container.active .tabs-container .tab.active';

export async function tabs(page: Page): Promise<Tab[]> {
  return page.locator('.editor-group-container .tabs-container .tab').evaluateAll((elements) =>
    elements.map((tab) => {
      // The name and its ending are separate elements: `hello` `.ts`.
      const parts = tab.querySelectorAll('.label-name, .label-suffix');
      const shown = tab.classList.contains('active');
      return {
        title: [...parts].map((part) => part.textContent).join(''),
        dirty: tab.classList.contains('dirty'),
        shown,
        active: shown && tab.closest('.editor-group-container.active') !== null,
      };
    }),
  );
}

/** Waits for the tab with exactly this title to be the active one. */
export async function waitForActiveTab(page: Page, title: string): Promise<void> {
  await page.waitForFunction(
    ([selector = '', wanted]) => {
      const parts = document.querySelectorAll(`${selector} :is(.label-name, .label-suffix)`);
      return [...parts].map((part) => part.textContent).join('') === wanted;
    },
    [activeTab, title],
  );
}

/** Clicks the cross of the active tab. A dirty document then asks; see the dialog functions. */
export async function closeActiveTab(page: Page): Promise<void> {
  const tab = page.locator(activeTab);
  await tab.hover();
  // Not by its element: VS Code goes on with that for another tab of the same column.
  const before = await page.locator('.tab').count();
  await tab.locator('.tab-actions .action-label').click();
  await restMouse(page);
  const dialog = page.locator('.monaco-dialog-box');
  const closed = page.waitForFunction(
    (count) => document.querySelectorAll('.tab').length < count,
    before,
  );
  // A dialog may win: what is left of the wait then fails with the page, and nobody minds.
  closed.catch(() => {});
  await Promise.race([closed, dialog.waitFor().catch(() => {})]);
}
