import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../vscode/ensure-browser.ts';
import { QuickInput } from '../../vscode/quick-input.ts';

/** A box like VS Code's, and beside it something else that can have the focus. */
const page = `<!doctype html>
<div class="quick-input-widget"><div class="quick-input-box"><input></div></div>
<button>A panel, where Escape stops the reply</button>`;

describe('the box at the top of the workbench, dismissed', () => {
  let browser: Browser;
  before('start a browser', async function () {
    this.timeout(300_000);
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const [when, css, takenBy] of [
    ['it is open', 'input { display: block }', 'INPUT'],
    ['it has closed by itself', '.quick-input-widget { display: none }', null],
  ] as const) {
    it(`takes Escape itself, or nobody does, when ${when}`, async () => {
      const opened = await browser.newPage();
      await opened.setContent(page);
      await opened.addStyleTag({ content: css });
      await opened.locator('button').focus();
      const taken = await whoTakesEscape(opened);
      await new QuickInput(opened).dismiss();
      assert.equal(await taken(), takenBy);
    });
  }
});

async function whoTakesEscape(page: Page): Promise<() => Promise<string | null>> {
  await page.evaluate(() => {
    document.addEventListener('keydown', ({ key, target }) => {
      if (key === 'Escape' && target instanceof Element) document.title = target.nodeName;
    });
  });
  return async () => (await page.title()) || null;
}
