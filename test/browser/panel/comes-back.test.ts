import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { Random } from '../../fakes/fault-server/random.ts';
import { sampleReply } from '../../fakes/messages-api/sample-reply.ts';
import { usePanelPages } from './use-browser.ts';

const complete = { type: 'outcome', outcome: { kind: 'complete' } } as const;

const shownText = (page: Page): Promise<string | null> =>
  page.locator('[data-reply-text]').last().textContent();

/** The first words in view and how far down they stand. */
const inView = (page: Page): Promise<readonly [string, number]> =>
  page.evaluate(() => {
    const blocks = [...document.querySelectorAll('[data-reply-text] :is(p, li, pre)')];
    const first = blocks.find((each) => each.getBoundingClientRect().top >= 0);
    return [first?.textContent ?? '', Math.round(first?.getBoundingClientRect().top ?? 0)];
  });

describe('a panel that was away', () => {
  const open = usePanelPages();
  const long = Array.from({ length: 12 }, (_, part) => `## Part ${part}\n\n${sampleReply}`).join(
    '\n',
  );

  it('has the same text at each of 20 random moments, and goes on without a gap', async function () {
    this.timeout(120_000);
    const through = await open();
    const without = through.ask('Long');
    through.write(without, long);
    through.apply(without, complete);
    await through.settled();
    const whole = await shownText(through.page);

    const seed = 20_261_121;
    const random = new Random(seed);
    const panel = await open();
    const turn = panel.ask('Long');
    const stops = Array.from({ length: 20 }, () => random.below(long.length));
    let at = 0;
    const writeTo = (end: number): void => {
      // In pieces, as it comes from the network.
      while (at < end) {
        const next = Math.min(end, at + 1 + random.below(400));
        panel.write(turn, long.slice(at, next));
        at = next;
      }
    };
    for (const stop of stops.sort((a, b) => a - b)) {
      writeTo(stop);
      await panel.settled();
      const before = await shownText(panel.page);
      await panel.hide();
      await panel.show();
      assert.equal(await shownText(panel.page), before, `seed ${seed}, ${at} characters`);
      await panel.hide();
      writeTo(Math.min(long.length, at + random.below(60)));
      await panel.show();
    }
    panel.write(turn, long.slice(at));
    panel.apply(turn, complete);
    await panel.settled();
    assert.equal(await shownText(panel.page), whole);
    const asked = panel.received.filter(({ type }) => type === 'ready').length;
    assert.equal(asked, 41, 'the whole state was asked for once by each page');
  });

  it('is at the same words, unfolded as it was, also in the middle of a reply', async () => {
    const panel = await open();
    const { page } = panel;
    const first = panel.ask('First');
    panel.apply(first, { type: 'thinking', text: 'Hm.' });
    panel.write(first, sampleReply);
    panel.apply(first, complete);
    const turn = panel.ask('Long');
    panel.write(turn, long);
    await panel.settled();
    await page.locator('[data-thinking] summary').click();
    await page.locator('[data-receipt] summary').first().click();
    await page.getByText('Part 5').scrollIntoViewIfNeeded();
    await page.evaluate(() => window.scrollBy(0, 137));
    const before = await inView(page);

    await panel.hide();
    panel.write(turn, ' And more.');
    await panel.show();
    const [words, top] = await inView(page);
    assert.equal(words, before[0]);
    assert.ok(Math.abs(top - before[1]) <= 1, `${top} instead of ${before[1]}`);
    assert.equal(await page.locator('[data-thinking]').getAttribute('open'), '');
    assert.equal(await page.locator('[data-receipt]').first().getAttribute('open'), '');
  });

  it('is at the same words in a column of another width', async () => {
    const panel = await open({ width: 900 });
    const { page } = panel;
    panel.write(panel.ask('Long'), long);
    await panel.settled();
    await page.evaluate(() => {
      const [, , , heading] = document.querySelectorAll('[data-reply-text] h2');
      heading?.scrollIntoView({ block: 'start' });
    });
    await panel.settled();
    await panel.hide();
    await panel.show(420);
    const top = await page
      .locator('[data-reply-text] h2')
      .nth(3)
      .evaluate((heading) => Math.round(heading.getBoundingClientRect().top));
    assert.ok(Math.abs(top) <= 1, `${top}`);
  });

  it('shows a question that was asked meanwhile', async () => {
    const panel = await open();
    panel.write(panel.ask('Long'), long);
    await panel.settled();
    await panel.page.evaluate(() => window.scrollTo(0, 900));
    await panel.hide();
    panel.ask('And then?');
    await panel.show();
    const top = await panel.page
      .locator('[data-reply]')
      .last()
      .evaluate((element) => Math.round(element.getBoundingClientRect().top));
    assert.equal(top + 0, 0);
  });

  it('keeps its place when the host has to tell all of it again', async () => {
    const panel = await open();
    const { page } = panel;
    panel.write(panel.ask('Long'), long);
    await panel.settled();
    await page.evaluate(() => window.scrollTo(0, 1234));
    await panel.settled();
    const before = await inView(page);
    // A message that doesn't fit what is there.
    await page.evaluate(() => {
      const replyId = document.querySelector<HTMLElement>('[data-reply]')?.dataset['reply'];
      window.postMessage({ type: 'delta', replyId, offset: 5, text: 'x' }, '*');
    });
    await page.waitForTimeout(100);
    await panel.settled();
    assert.equal(panel.received.filter(({ type }) => type === 'ready').length, 2);
    const [words, top] = await inView(page);
    assert.equal(words, before[0]);
    assert.ok(Math.abs(top - before[1]) <= 1, `${top} instead of ${before[1]}`);
  });
});

describe('a thought', () => {
  const open = usePanelPages();

  it('is timed while it lasts, and folded with its summary afterwards', async () => {
    const panel = await open();
    const { page } = panel;
    const turn = panel.ask('Why?');
    panel.apply(turn, { type: 'connected', requestId: null }, { type: 'thinking', text: 'First ' });
    const label = page.locator('[data-thinking] summary');
    await label.filter({ hasText: /^Thinking… [1-9]\d* s$/ }).waitFor();
    panel.apply(turn, { type: 'thinking', text: '<b>this</b>.' });
    panel.write(turn, 'Because.');
    await panel.settled();
    assert.match((await label.textContent()) ?? '', /^Thought for [12] s$/);
    const text = page.locator('[data-thinking-text]');
    assert.equal(await text.isVisible(), false);
    assert.equal(await text.textContent(), 'First <b>this</b>.');
  });

  it('is not told in words where none came', async () => {
    const panel = await open();
    const turn = panel.ask('Why?');
    panel.apply(turn, { type: 'thinking', text: '' });
    panel.write(turn, 'Because.');
    await panel.settled();
    await panel.page.locator('[data-thinking] summary').click();
    assert.ok(await panel.page.getByText('claudeStream.showThinking').isVisible());
    assert.equal(await panel.page.locator('[data-thinking-text]').count(), 0);
  });
});
