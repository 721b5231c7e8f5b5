import assert from 'node:assert/strict';
import { colorViolations, violations } from '../../fakes/axe.ts';
import { type ColorTheme, colorThemes } from '../../vscode/calm-settings.ts';
import { states } from './states.ts';
import { usePanelPages } from './use-browser.ts';

describe('for everyone', () => {
  const open = usePanelPages();

  const sizes: readonly [width: number, height: number][] = [
    [250, 700],
    // What is left of 500 × 600 at 200 %.
    [250, 300],
    [1100, 800],
  ];
  for (const [state, reach] of Object.entries(states)) {
    it(`axe finds nothing wrong in any theme: ${state}`, async () => {
      const panel = await open();
      await reach(panel);
      await panel.settled();
      assert.deepEqual(await violations(panel.page), []);
      for (const theme of Object.keys(colorThemes) as ColorTheme[]) {
        await panel.wear(theme);
        await panel.settled();
        assert.deepEqual(await colorViolations(panel.page), [], theme);
      }
    });

    it(`the page never scrolls sideways: ${state}`, async () => {
      const panel = await open();
      await reach(panel);
      for (const [width, height] of sizes) {
        await panel.page.setViewportSize({ width, height });
        await panel.settled();
        const { scrollWidth, clientWidth } = await panel.page.evaluate(() => ({
          scrollWidth: document.documentElement.scrollWidth,
          clientWidth: document.documentElement.clientWidth,
        }));
        assert.ok(scrollWidth <= clientWidth, `${scrollWidth} in ${clientWidth}`);
      }
    });
  }

  it('everything can be reached and pressed by keys, with a focus that shows', async () => {
    const panel = await open();
    const { page } = panel;
    await states['complete']?.(panel);
    await panel.settled();
    // Tab goes on from where was clicked last.
    await page.locator('.question-title').click();
    const reached: string[] = [];
    for (let count = 0; count < 60; count++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const focused = document.activeElement;
        if (!(focused instanceof HTMLElement) || focused === document.body) return null;
        const { outlineStyle, outlineWidth } = getComputedStyle(focused);
        const name = focused.dataset['action'] ?? focused.className;
        const shows = outlineStyle !== 'none' && outlineWidth !== '0px';
        return { name: name === '' ? focused.localName : name, shows };
      });
      if (at === null) break;
      assert.ok(at.shows, `the focus shows on ${at.name}`);
      reached.push(at.name);
    }
    assert.deepEqual(
      ['thinking-label', 'copy', 'receipt-summary', 'copy-request-id'].filter(
        (name) => !reached.includes(name),
      ),
      [],
      reached.join(', '),
    );
  });

  it('a screen reader hears stages and the end of a reply, not its words', async () => {
    const panel = await open({ ownTab: true });
    const { page } = panel;
    const heard: string[] = [];
    await page.exposeFunction('heard', (words: string) => heard.push(words));
    await page.evaluate(() => {
      const announcer = document.getElementById('announcer');
      if (announcer === null) return;
      const { heard: tell } = window as unknown as { heard(words: string): void };
      new MutationObserver(() => tell(announcer.textContent ?? '')).observe(announcer, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    const turn = panel.ask('Why?');
    await panel.settled();
    panel.apply(turn, {
      type: 'retrying',
      failure: { kind: 'overloaded', retryAfterMs: null },
      retry: 1,
      maxRetries: 2,
      waitMs: 60_000,
    });
    await panel.settled();
    panel.apply(turn, { type: 'connecting' }, { type: 'connected', requestId: null });
    await panel.settled();
    for (let count = 0; count < 60; count++) {
      panel.write(turn, `word${count} `);
      await panel.settled();
    }
    panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
    await panel.settled();
    assert.deepEqual(heard, [
      'Asked Claude',
      'The API is overloaded (529). Retry 1 of 2.',
      'Waiting for the first word…',
      'The reply is complete',
    ]);
  });

  it('turns and replies can be walked by headings and landmarks', async () => {
    const panel = await open();
    await states['several turns']?.(panel);
    await panel.settled();
    const { page } = panel;
    const headings = await page
      .getByRole('heading', { level: 2 })
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    assert.deepEqual(headings, ['Ask One?', 'Ask Two?', 'Ask שלוש? مرحبا']);
    for (const number of [1, 2, 3]) {
      assert.equal(await page.getByRole('region', { name: `Reply ${number}` }).count(), 1);
      assert.equal(
        await page
          .getByRole('article')
          .nth(number - 1)
          .isVisible(),
        true,
      );
    }
  });

  it('what is written from right to left is shown so', async () => {
    const panel = await open();
    panel.ask('שלום עולם');
    await panel.settled();
    const direction = await panel.page
      .locator('.question-text')
      .evaluate((element) => getComputedStyle(element).direction);
    assert.equal(direction, 'rtl');
  });

  it('nothing moves for a reader who wants no motion', async () => {
    const panel = await open({ ownTab: true });
    await panel.page.emulateMedia({ reducedMotion: 'reduce' });
    for (const reach of [states['writing'], states['retrying']]) await reach?.(panel);
    await panel.settled();
    const moving = await panel.page.evaluate(() => document.getAnimations().length);
    assert.equal(moving, 0);
  });

  it('buttons and marks are drawn in forced colours too', async () => {
    const panel = await open({ forcedColors: true });
    await states['broken']?.(panel);
    await panel.settled();
    const widths = await panel.page
      .locator('.end button, .end-sentence')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).borderInlineStartWidth));
    assert.ok(widths.length >= 3);
    for (const width of widths) assert.notEqual(width, '0px');
  });
});
