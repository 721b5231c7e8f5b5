import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../vscode/ensure-browser.ts';
import { PanelPage, type PanelPageOptions } from './panel-page.ts';

/** One browser for the tests of a suite, a page of its own for each test. */
export function usePanelPages(): (options?: PanelPageOptions) => Promise<PanelPage> {
  let browser: Browser | undefined;
  const open: PanelPage[] = [];

  before('start a browser', async function () {
    this.timeout(300_000);
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const panel of open.splice(0)) await panel[Symbol.asyncDispose]();
  });
  after(async () => {
    await browser?.close();
  });

  return async (options) => {
    if (browser === undefined) throw new Error('The browser runs only while a test does.');
    const panel = await PanelPage.open(browser, options);
    open.push(panel);
    return panel;
  };
}
