import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { sampleReply } from '../../fakes/messages-api/sample-reply.ts';
import type { PanelPage } from './panel-page.ts';
import { type OpenOptions, usePanelPages } from './use-browser.ts';

const complete = { type: 'outcome', outcome: { kind: 'complete' } } as const;
const turns = 40;

describe('a long conversation', () => {
  const open = usePanelPages();

  /** Comes back from being away, as one does that is opened from the disk. */
  async function reopened(panel: PanelPage): Promise<void> {
    await panel.hide();
    await panel.show();
  }

  async function long(options?: OpenOptions): Promise<PanelPage> {
    const panel = await open(options);
    for (let index = 0; index < turns; index++) {
      const turn = panel.ask(`Question ${index}?`);
      panel.write(turn, `needle${index}\n\n${sampleReply}`);
      panel.apply(turn, complete);
    }
    await panel.settled();
    return panel;
  }

  /** Until every reply is laid out as Markdown, and its code coloured. */
  const untilWhole = (page: Page): Promise<unknown> =>
    page.waitForFunction(
      () => document.querySelector('.late-text, pre:not([data-coloured])') === null,
    );
  const texts = (page: Page): Promise<readonly string[]> =>
    page.locator('[data-reply-text]').evaluateAll((all) => all.map((it) => it.innerHTML));

  it('has all its text from the first moment on: to be found and to be selected', async () => {
    const panel = await long({ ownTab: true });
    const { page } = panel;
    await page.addInitScript(() => {
      // Asked in the frame after it was shown: nothing was laid out in idle time yet.
      window.requestIdleCallback = () => 0;
    });
    await reopened(panel);
    assert.ok((await page.locator('.late-text').count()) > 20, 'most of it isn’t laid out yet');
    const selected = await page.evaluate(() => {
      document.getSelection()?.selectAllChildren(document.body);
      return String(document.getSelection());
    });
    for (let index = 0; index < turns; index++) {
      assert.ok(selected.includes(`needle${index}\n`), `needle${index} is selected`);
      const found = await page.evaluate(
        // The browser's own search: not in the types, for it is no standard.
        (wanted) => Reflect.apply(Reflect.get(window, 'find'), window, [wanted, true, false, true]),
        `needle${index}`,
      );
      assert.equal(found, true, `needle${index} is found`);
    }
  });

  it('is there for a screen reader whole, with every heading', async () => {
    const panel = await long();
    const { page } = panel;
    await reopened(panel);
    await untilWhole(page);
    // As VS Code says it.
    await page.evaluate(() => document.body.classList.add('vscode-using-screen-reader'));
    await panel.settled();
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const named = (role: string): readonly string[] =>
      nodes.filter((node) => node.role?.value === role).map(({ name }) => String(name?.value));
    for (let index = 0; index < turns; index++) {
      assert.ok(named('heading').includes(`Ask Question ${index}?`), `the heading of ${index}`);
      assert.ok(named('StaticText').includes(`needle${index}`), `the text of ${index}`);
    }
  });

  it('is in the end as if it had streamed, whatever came into view first', async () => {
    const panel = await long();
    await untilWhole(panel.page);
    const streamed = await texts(panel.page);
    await reopened(panel);
    await panel.page.evaluate(() => window.scrollTo(0, 4000));
    await untilWhole(panel.page);
    const others = (await texts(panel.page)).flatMap((text, index) =>
      text === streamed[index] ? [] : [index],
    );
    assert.deepEqual(others, []);
  });

  it('lays out what comes into view', async () => {
    const panel = await long({ ownTab: true });
    const { page } = panel;
    await page.addInitScript(() => {
      window.requestIdleCallback = () => 0;
    });
    await reopened(panel);
    for (const index of [0, 20, 7, 39]) {
      const text = page.locator('[data-reply-text]').nth(index);
      await text.scrollIntoViewIfNeeded();
      await text.locator('h3').first().waitFor();
    }
  });

  it('has no counters: for a single new one Chromium walks the whole page', async () => {
    const panel = await open();
    const turn = panel.ask('Why?');
    panel.apply(
      turn,
      { type: 'thinking', text: 'Hm.' },
      { type: 'text', text: `${sampleReply}\n\n3. three\n4. four` },
      complete,
    );
    await panel.settled();
    assert.ok((await panel.page.locator('summary').count()) >= 2, 'the thinking and the receipt');
    const counters = await panel.page.locator('body *').evaluateAll((all) =>
      all.flatMap((element) => {
        const { counterIncrement, counterReset, counterSet } = getComputedStyle(element);
        const own = [counterIncrement, counterReset, counterSet].filter((it) => it !== 'none');
        return own.length > 0 ? [`${element.localName}: ${own.join(', ')}`] : [];
      }),
    );
    assert.deepEqual(counters, []);
  });

  it('leaves a selection alone in text that waits', async () => {
    const panel = await long({ ownTab: true });
    const { page } = panel;
    await panel.hide();
    await page.addInitScript(() => {
      const select = (): void => {
        const text = document.querySelector('.late-text');
        if (text === null) return;
        observer.disconnect();
        document.getSelection()?.selectAllChildren(text);
      };
      const observer = new MutationObserver(select);
      observer.observe(document, { childList: true, subtree: true });
    });
    await panel.show();
    await page.waitForFunction(() => document.querySelectorAll('.late-text').length === 1);
    const selected = await page.evaluate(() => String(document.getSelection()));
    assert.ok(selected.startsWith('needle0\n'), selected.slice(0, 20));
    await page.evaluate(() => document.getSelection()?.collapseToEnd());
    await untilWhole(page);
  });

  it('keeps the view where it is while text above is laid out', async () => {
    const panel = await long();
    const { page } = panel;
    await untilWhole(page);
    await page.locator('[data-reply]').nth(20).scrollIntoViewIfNeeded();
    await page.evaluate(() => document.querySelectorAll('[data-reply]')[20]?.scrollIntoView());
    await panel.settled();
    await reopened(panel);
    const top = (): Promise<number | undefined> =>
      page.evaluate(
        () => document.querySelectorAll('[data-reply]')[20]?.getBoundingClientRect().top,
      );
    assert.ok(Math.abs((await top()) ?? 99) <= 1, `${await top()} at first`);
    await untilWhole(page);
    await panel.settled();
    assert.ok(Math.abs((await top()) ?? 99) <= 1, `${await top()} in the end`);
  });

  it('lets an old reply go on', async () => {
    const panel = await open({ ownTab: true });
    const { page } = panel;
    const first = panel.ask('First?');
    panel.write(first, 'Some **words');
    panel.apply(first, { type: 'outcome', outcome: { kind: 'stopped' } });
    for (let index = 0; index < 15; index++) {
      const turn = panel.ask('More?');
      panel.write(turn, sampleReply);
      panel.apply(turn, complete);
    }
    await page.addInitScript(() => {
      window.requestIdleCallback = () => 0;
    });
    await reopened(panel);
    panel.apply(first, { type: 'continued' });
    panel.write(first, ' more**.');
    panel.apply(first, complete);
    await panel.settled();
    const text = page.locator('[data-reply-text]').first();
    assert.equal(await text.locator('strong').textContent(), 'words more');
  });
});
