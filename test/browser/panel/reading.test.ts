import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { usePanelPages } from './use-browser.ts';

function paragraphs(from: number, to: number): string {
  const words =
    'several words that make two lines of a paragraph in a panel that is not wide at all';
  return Array.from({ length: to - from }, (_, i) => `Paragraph ${from + i}: ${words}.\n\n`).join(
    '',
  );
}

const scrollTop = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollTop);
const topOf = (page: Page, selector: string): Promise<number> =>
  page.locator(selector).evaluate((element) => Math.round(element.getBoundingClientRect().top) + 0);

const complete = { type: 'outcome', outcome: { kind: 'complete' } } as const;
const stopped = { type: 'outcome', outcome: { kind: 'stopped' } } as const;
const retrying = {
  type: 'retrying',
  failure: { kind: 'overloaded', retryAfterMs: null },
  retry: 1,
  maxRetries: 2,
  waitMs: 60_000,
} as const;

describe('reading', () => {
  const open = usePanelPages();

  it('pins the new question at the top, and the view stays there whatever comes', async () => {
    const panel = await open();
    const { page } = panel;
    const first = panel.ask('First');
    panel.write(first, paragraphs(0, 40));
    panel.apply(first, complete);
    await panel.settled();
    const turn = panel.ask('Second');
    await panel.settled();
    const newest = '[data-reply][data-newest]';
    assert.equal(await topOf(page, newest), 0);
    const pinned = await scrollTop(page);

    panel.apply(turn, retrying);
    await panel.settled();
    assert.equal(await scrollTop(page), pinned);
    panel.apply(turn, { type: 'connecting' }, { type: 'thinking', text: 'Hm. '.repeat(40) });
    await panel.settled();
    assert.equal(await scrollTop(page), pinned);
    for (let count = 0; count < 20; count++) {
      panel.write(turn, paragraphs(count * 3, count * 3 + 3));
      await panel.settled();
      assert.equal(await scrollTop(page), pinned);
    }
    panel.apply(turn, complete);
    await panel.settled();
    assert.equal(await scrollTop(page), pinned);
    assert.equal(await topOf(page, newest), 0);
  });

  it('keeps the new question at the top when the turn before it changes its height', async () => {
    const panel = await open();
    const { page } = panel;
    const first = panel.ask('First');
    panel.write(first, paragraphs(0, 40));
    panel.apply(first, complete);
    await panel.settled();
    panel.ask('Second');
    await panel.settled();
    const newest = '[data-reply][data-newest]';
    // Chromium's own anchoring doesn't act in each frame.
    await page.evaluate(() => {
      document.documentElement.style.overflowAnchor = 'none';
    });
    for (const height of ['400px', '10px', '90px']) {
      await page.evaluate((changed) => {
        const above = document.querySelector<HTMLElement>('[data-reply-text] p');
        if (above !== null) above.style.height = changed;
      }, height);
      await panel.settled();
      assert.equal(await topOf(page, newest), 0, height);
    }
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, -200);
    await panel.settled();
    const left = await topOf(page, newest);
    assert.ok(left > 0, 'a reader may leave it');
  });

  it('keeps the text that is read in its place when something above it grows late', async () => {
    const panel = await open();
    const { page } = panel;
    const turn = panel.ask('Long');
    panel.write(turn, paragraphs(0, 60));
    await panel.settled();
    await page.evaluate(() => window.scrollTo(0, 1500));
    await panel.settled();
    await page.evaluate(() => {
      const read = [...document.querySelectorAll('[data-reply-text] p')].find(
        (each) => each.getBoundingClientRect().top > 100,
      );
      read?.setAttribute('id', 'read');
    });
    const before = await topOf(page, '#read');
    await page.evaluate(() => {
      const above = document.querySelector<HTMLElement>('[data-reply-text] p');
      if (above !== null) above.style.height = '400px';
    });
    panel.write(turn, paragraphs(60, 70));
    panel.apply(turn, complete);
    await panel.settled();
    // Scroll places are rounded to whole pixels.
    assert.ok(Math.abs((await topOf(page, '#read')) - before) <= 1);
  });

  it('doesn’t move when a reply goes on under a reader at its end', async () => {
    const panel = await open();
    const { page } = panel;
    const turn = panel.ask('Long');
    panel.write(turn, paragraphs(0, 40));
    panel.apply(turn, stopped);
    await panel.settled();
    await page.locator('[data-action=jump-down]').click();
    const at = await scrollTop(page);
    panel.apply(turn, { type: 'continued' });
    await panel.settled();
    assert.equal(await scrollTop(page), at);
    panel.write(turn, paragraphs(40, 44));
    panel.apply(turn, complete);
    await panel.settled();
    assert.equal(await scrollTop(page), at);
  });

  it('says that there is more below while there is, and goes there', async () => {
    const panel = await open();
    const { page } = panel;
    const pill = page.locator('[data-action=jump-down]');
    const turn = panel.ask('Long');
    panel.write(turn, paragraphs(0, 2));
    await panel.settled();
    assert.ok(!(await pill.isVisible()), 'all of it is in view');
    panel.write(turn, paragraphs(2, 40));
    await panel.settled();
    await pill.waitFor();
    assert.match((await pill.textContent()) ?? '', /More below/);

    await pill.click();
    await pill.waitFor({ state: 'hidden' });
    assert.ok(await page.getByText('Paragraph 39').isVisible());
    panel.write(turn, paragraphs(40, 60));
    await pill.waitFor();
    panel.apply(turn, complete);
    await panel.settled();
    await page.keyboard.press('End');
    await pill.waitFor({ state: 'hidden' });
    await page.keyboard.press('Home');
    await pill.waitFor();
  });

  it('lets a selection and the focus be while text streams in', async () => {
    const panel = await open();
    const { page } = panel;
    const turn = panel.ask('Long');
    panel.write(turn, paragraphs(0, 5));
    await panel.settled();
    await page.getByText('Paragraph 1:').click({ clickCount: 3 });
    await page.locator('[data-action=stop]').focus();
    const selected = await page.evaluate(() => document.getSelection()?.toString() ?? '');
    assert.match(selected, /Paragraph 1:/);
    for (let count = 5; count < 30; count++) {
      panel.write(turn, paragraphs(count, count + 1));
      await panel.settled();
    }
    assert.equal(await page.evaluate(() => document.getSelection()?.toString()), selected);
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-action'));
    assert.equal(focused, 'stop');
  });

  it('never loses the focus to nothing when a button goes away', async () => {
    const panel = await open();
    const { page } = panel;
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => document.activeElement?.className);
    const turn = panel.ask('Long');
    panel.write(turn, paragraphs(0, 40));
    await panel.settled();
    await page.locator('[data-action=stop]').focus();
    panel.apply(turn, stopped);
    await panel.settled();
    assert.equal(await focused(), 'end');
    await page.locator('[data-action=continue]').focus();
    panel.apply(turn, { type: 'continued' });
    await panel.settled();
    assert.equal(await focused(), 'status');
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.locator('[data-action=jump-down]').waitFor();
    await page.locator('[data-action=jump-down]').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-action=jump-down]').waitFor({ state: 'hidden' });
    assert.equal(await focused(), 'reply-text');
  });
});

describe('following', () => {
  const open = usePanelPages();

  const atEnd = (page: Page): Promise<boolean> =>
    page.evaluate(() => {
      const { scrollHeight, scrollTop: top, clientHeight } = document.documentElement;
      return scrollHeight - top - clientHeight <= 8;
    });

  const leaving: readonly [how: string, leave: (page: Page) => Promise<void>][] = [
    ['the wheel', (page) => page.mouse.wheel(0, -120)],
    ['a key', (page) => page.keyboard.press('PageUp')],
    [
      'the scrollbar',
      async (page) => {
        const { width, height } = page.viewportSize() ?? { width: 600, height: 700 };
        await page.mouse.move(width - 3, height - 30);
        await page.mouse.down();
        await page.mouse.move(width - 3, height - 230, { steps: 4 });
        await page.mouse.up();
      },
    ],
    ['a selection', (page) => page.getByText('Paragraph 58:').click({ clickCount: 3 })],
  ];
  for (const [how, leave] of leaving) {
    it(`keeps to the end until the reader leaves it by ${how}, and again once back`, async () => {
      const panel = await open({ follow: true });
      const { page } = panel;
      const turn = panel.ask('Long');
      for (let count = 0; count < 60; count += 5) {
        panel.write(turn, paragraphs(count, count + 5));
        await panel.settled();
        assert.ok(await atEnd(page), `at the end of ${count + 5}`);
      }
      await page.mouse.move(300, 300);
      await leave(page);
      await panel.settled();
      await page.waitForTimeout(200);
      const left = await scrollTop(page);
      for (let count = 60; count < 80; count += 5) {
        panel.write(turn, paragraphs(count, count + 5));
        await panel.settled();
      }
      assert.equal(await scrollTop(page), left);
      await page.locator('[data-action=jump-down]').click();
      for (let count = 80; count < 100; count += 5) {
        panel.write(turn, paragraphs(count, count + 5));
        await panel.settled();
        assert.ok(await atEnd(page), `at the end of ${count + 5}`);
      }
      panel.apply(turn, complete);
      await panel.settled();
      assert.ok(await atEnd(page), 'its end is in view');
    });
  }

  it('begins and ends with the setting', async () => {
    const panel = await open();
    const { page } = panel;
    const turn = panel.ask('Long');
    panel.write(turn, paragraphs(0, 40));
    await panel.settled();
    assert.equal(await atEnd(page), false);
    panel.follow = true;
    panel.write(turn, paragraphs(40, 45));
    await panel.settled();
    assert.equal(await atEnd(page), false, 'a reader who is elsewhere stays there');
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.documentElement.scrollTop > 500);
    await panel.settled();
    panel.write(turn, paragraphs(45, 50));
    await panel.settled();
    assert.equal(await atEnd(page), true);
    panel.follow = false;
    const at = await scrollTop(page);
    panel.write(turn, paragraphs(50, 60));
    await panel.settled();
    assert.equal(await scrollTop(page), at);
  });
});
