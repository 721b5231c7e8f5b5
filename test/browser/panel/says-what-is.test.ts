import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { usePanelPages } from './use-browser.ts';

const complete = { type: 'outcome', outcome: { kind: 'complete' } } as const;
const stopped = { type: 'outcome', outcome: { kind: 'stopped' } } as const;
const long = 'Some words to read.\n\n'.repeat(80);

describe('the panel', () => {
  const open = usePanelPages();

  const hint = (page: Page): Promise<string | null> =>
    page.locator('[data-composer]').getAttribute('placeholder');

  it('speaks of a follow-up only where something can be followed', async () => {
    const panel = await open();
    assert.match((await hint(panel.page)) ?? '', /^Ask a question…/);
    panel.ask('Why?');
    await panel.settled();
    assert.match((await hint(panel.page)) ?? '', /^Ask a follow-up…/);
  });

  for (const width of [250, 300, 600]) {
    it(`keeps Send on one line, at ${width} pixels`, async () => {
      const panel = await open({ width, language: 'de' });
      const lines = (selector: string): Promise<number> =>
        panel.page.locator(selector).evaluate((it) => {
          const range = document.createRange();
          range.selectNodeContents(it);
          return range.getClientRects().length;
        });
      assert.equal(await lines('[data-action=send]'), 1);
      assert.equal(await lines('[data-action=attach]'), 1);
      const overflow = await panel.page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      assert.ok(overflow <= 0, `${overflow} px too wide`);
    });
  }

  it('says in view that a long reply was stopped, until its end comes into view', async () => {
    const panel = await open();
    const { page } = panel;
    const turn = panel.ask('Long?');
    panel.write(turn, long);
    await panel.settled();
    panel.apply(turn, stopped);
    await panel.settled();
    const sentence = page.locator('.end-sentence');
    const box = async () => {
      const found = await sentence.boundingBox();
      assert.ok(found !== null);
      return found;
    };
    const composer = await page.locator('#composer').boundingBox();
    const { y, height } = await box();
    assert.ok(Math.abs(y + height - (composer?.y ?? 0)) <= 1, 'right above the composer');
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await panel.settled();
    const pageHeight = () => page.evaluate(() => document.documentElement.scrollHeight);
    const before = await pageHeight();
    assert.equal(await sentence.evaluate((it) => getComputedStyle(it).position), 'static');
    await page.evaluate(() => window.scrollTo(0, 0));
    await panel.settled();
    assert.equal(await pageHeight(), before);
    assert.ok((await box()).y > 700, 'it stays at its place');
  });

  it('leaves the end of a short reply where it is', async () => {
    const panel = await open();
    const turn = panel.ask('Short?');
    panel.write(turn, 'Well.');
    panel.apply(turn, stopped);
    await panel.settled();
    assert.equal(await panel.page.locator('.end-sentence.at-foot').count(), 0);
  });

  it('closes the marks that a stopped reply leaves open, also when it comes back', async () => {
    const panel = await open();
    const { page } = panel;
    const turn = panel.ask('Why?');
    panel.write(turn, 'It is **very imp');
    panel.apply(turn, stopped);
    await panel.settled();
    const text = page.locator('[data-reply-text]');
    assert.equal(await text.textContent(), 'It is very imp');
    assert.equal(await text.locator('strong').textContent(), 'very imp');
    await panel.hide();
    await panel.show();
    assert.equal(await text.textContent(), 'It is very imp');
    panel.apply(turn, { type: 'continued' });
    panel.write(turn, 'ortant**.');
    panel.apply(turn, complete);
    await panel.settled();
    assert.equal(await text.locator('strong').textContent(), 'very important');
    assert.equal(await text.textContent(), 'It is very important.');
  });

  it('shows what a complete reply leaves open as it was written', async () => {
    const panel = await open();
    const turn = panel.ask('Why?');
    panel.write(turn, 'It is **very imp');
    panel.apply(turn, complete);
    await panel.settled();
    assert.equal(await panel.page.locator('[data-reply-text]').textContent(), 'It is **very imp');
  });

  it('names code in no known language', async () => {
    const panel = await open();
    const turn = panel.ask('Why?');
    panel.write(turn, '```\none\n```\n\n```brainfuck\n+\n```\n');
    panel.apply(turn, complete);
    await panel.settled();
    const names = await panel.page
      .locator('.code-header')
      .evaluateAll((all) => all.map((it) => getComputedStyle(it, '::before').content));
    assert.deepEqual(names, ['"Code"', '"brainfuck"']);
  });

  it('says that secrets were taken out of a question', async () => {
    const panel = await open();
    panel.ask('Is [redacted: github-token] valid?');
    panel.ask('And this?', [
      { kind: 'quote', language: '', text: 'key=[redacted: aws-access-key]' },
    ]);
    panel.ask('And [redacted] this?');
    await panel.settled();
    const said = panel.page.locator('.redacted');
    assert.deepEqual(await said.allTextContents(), [
      'Secrets redacted before sending',
      'Secrets redacted before sending',
    ]);
  });

  it('reads no turn again for thinking that comes', async () => {
    const panel = await open();
    const turn = panel.ask('Why?');
    panel.apply(turn, { type: 'thinking', text: 'So' });
    await panel.settled();
    // The composer is told of the questions with each change: its placeholder is written again.
    await panel.page.locator('[data-composer]').evaluate((it) => {
      it.setAttribute('placeholder', 'untouched');
    });
    for (let count = 0; count < 5; count++) {
      panel.apply(turn, { type: 'thinking', text: ' on' });
      await panel.settled();
    }
    assert.equal(await hint(panel.page), 'untouched');
  });
});
