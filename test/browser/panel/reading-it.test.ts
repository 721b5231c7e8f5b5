import assert from 'node:assert/strict';
import type { Browser, Frame } from 'playwright-core';
import { PanelPage } from '../../e2e/panel.ts';
import { useBrowser } from '../use-browser.ts';

const reply = `
<article data-reply><div class="reply-text" data-reply-text>
<div class="bundle whole"><section class="whole"><p>One
<em>two</em> three</p><p>Four</p></section><section class="whole"><ul><li>Five</li><li>Six</li></ul>
</section></div><pre><code>a {
  b
}</code></pre></div></article>`;

const right = 'One two three\n\nFour\n\nFive\n\nSix\n\na {\n  b\n}';

describe('the text of a reply, as the tests in VS Code read it', () => {
  const browser = useBrowser();

  for (const [where, style] of [
    ['in a page that is drawn', ''],
    ['in one that isn’t, as while VS Code moves it', 'display: none'],
    ['in one far out of sight', 'position: fixed; top: -9000px; height: 0'],
  ] as const) {
    it(`is the same ${where}`, async () => {
      const frame = await frameWith(browser(), style);
      assert.equal(await new PanelPage(frame).text(), right);
      await frame.page().close();
    });
  }
});

async function frameWith(browser: Browser, style: string): Promise<Frame> {
  const page = await browser.newPage();
  await page.setContent(`<!doctype html><iframe srcdoc='${reply}' style='${style}'></iframe>`);
  const frame = await (await page.locator('iframe').elementHandle())?.contentFrame();
  assert.ok(frame);
  await frame.locator('article').waitFor({ state: 'attached' });
  return frame;
}
