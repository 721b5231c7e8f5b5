import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { QuickInput } from '../../vscode/quick-input.ts';
import { useBrowser } from '../use-browser.ts';

/** A box like VS Code's, and beside it something else that can have the focus. */
const page = `<!doctype html>
<div class="quick-input-widget"><div class="quick-input-box"><input></div></div>
<button>A panel, where Escape stops the reply</button>`;

describe('the box at the top of the workbench, dismissed', () => {
  const browser = useBrowser();

  for (const [when, css, takenBy] of [
    ['it is open', 'input { display: block }', 'INPUT'],
    ['it has closed by itself', '.quick-input-widget { display: none }', null],
  ] as const) {
    it(`takes Escape itself, or nobody does, when ${when}`, async () => {
      const opened = await browser().newPage();
      await opened.setContent(page);
      await opened.addStyleTag({ content: css });
      await opened.locator('button').focus();
      const taken = await whoTakesEscape(opened);
      await new QuickInput(opened).dismiss();
      assert.equal(await taken(), takenBy);
      await opened.close();
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
