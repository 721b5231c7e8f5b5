import assert from 'node:assert/strict';
import { states } from './states.ts';
import { usePanelPages } from './use-browser.ts';

/** The one whose words are the longest. */
const language = 'de';

describe('in other languages', () => {
  const open = usePanelPages();

  const wordy = [
    'empty',
    'thinking, without a summary',
    'writing',
    'retrying',
    'complete',
    'broken',
  ];
  for (const state of wordy) {
    it(`long words fit, and widen nothing: ${state}`, async () => {
      const panel = await open({ language });
      await states[state]?.(panel);
      for (const width of [250, 700]) {
        await panel.page.setViewportSize({ width, height: 700 });
        await panel.settled();
        assert.deepEqual(await panel.page.evaluate(tooWide), [], `${width} px`);
      }
    });
  }

  it('figures are written as the words beside them', async () => {
    const panel = await open({ language });
    await states['complete']?.(panel);
    const { page } = panel;
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    assert.match((await page.locator('[data-receipt]').textContent()) ?? '', /1\.500 Token/);
  });
});

/** Runs in the page: the page itself or a control whose content is wider than it is. */
function tooWide(): readonly string[] {
  return [document.documentElement, ...document.querySelectorAll('button, summary, .status-text')]
    .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
    .map((element) => `${element.localName}.${element.className}: ${element.textContent}`);
}
