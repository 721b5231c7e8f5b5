import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { usePanelPages } from './use-browser.ts';

const paragraphs = (count: number): string =>
  Array.from({ length: count }, (_, i) => `Paragraph ${i}: some words to read.\n\n`).join('');

const scrollTop = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollTop);

/** Puts the caret into the composer as a click of the reader does, which Playwright's own would scroll for. */
async function clickComposer(page: Page): Promise<void> {
  const box = await page.locator('[data-composer]').boundingBox();
  assert.ok(box !== null);
  await page.mouse.click(box.x + 20, box.y + box.height / 2);
}

const keys: readonly [what: string, press: (page: Page) => Promise<void>][] = [
  ['words', (page) => page.keyboard.type('Why is that so?')],
  ['line breaks', (page) => page.keyboard.press('Shift+Enter')],
  [
    'arrows',
    async (page) => {
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']) {
        await page.keyboard.press(key);
      }
    },
  ],
  ['Backspace', (page) => page.keyboard.press('Backspace')],
  ['Tab', (page) => page.keyboard.press('Tab')],
  ['Shift+Tab', (page) => page.keyboard.press('Shift+Tab')],
];

describe('typing in the composer', () => {
  const open = usePanelPages();

  for (const streams of [true, false]) {
    it(`doesn't scroll the reply${streams ? ' that streams' : ''}`, async () => {
      const panel = await open();
      const { page } = panel;
      const turn = panel.ask('Long');
      panel.write(turn, paragraphs(80));
      if (!streams) panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
      await panel.settled();
      await page.evaluate(() => window.scrollTo(0, 700));
      await clickComposer(page);
      const before = await scrollTop(page);
      assert.equal(before, 700);
      for (const [what, press] of keys) {
        await press(page);
        if (streams) panel.write(turn, paragraphs(1));
        await panel.settled();
        assert.equal(await scrollTop(page), before, what);
      }
    });
  }

  it('scrolls a button that the composer covers into view when it gets the focus', async () => {
    const panel = await open();
    const { page } = panel;
    const turn = panel.ask('Long');
    panel.write(turn, `${paragraphs(40)}\`\`\`ts\nlet a = 1;\n\`\`\`\n\n${paragraphs(40)}`);
    panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
    await panel.settled();
    await page.evaluate(() => {
      const copy = document.querySelector<HTMLElement>('[data-action="copy-code"]');
      // Just below the composer's upper edge.
      const covered = document.getElementById('composer')?.offsetHeight ?? 0;
      const top = copy?.getBoundingClientRect().top ?? 0;
      window.scrollTo(0, top - window.innerHeight + covered / 2);
      copy?.focus();
    });
    await panel.settled();
    const { bottom, composer } = await page.evaluate(() => ({
      bottom: document.activeElement?.getBoundingClientRect().bottom ?? Number.NaN,
      composer: document.getElementById('composer')?.getBoundingClientRect().top ?? 0,
    }));
    assert.ok(bottom <= composer, `${bottom} is above ${composer}`);
  });
});
