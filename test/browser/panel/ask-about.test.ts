import assert from 'node:assert/strict';
import { violations } from '../../fakes/axe.ts';
import type { PanelPage } from './panel-page.ts';
import { usePanelPages } from './use-browser.ts';

describe('words to ask about', () => {
  const open = usePanelPages();

  async function replied(): Promise<PanelPage> {
    const panel = await open();
    for (const question of ['One?', 'Two?']) {
      const turn = panel.ask(question);
      panel.write(turn, 'First words.\n\n- then **these**\n\n```ts\nlet a;\n```\n');
      panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
    }
    await panel.settled();
    return panel;
  }

  /** Selects from the start of one element to the end of another, and asks for it as the menu does. */
  async function quoted(panel: PanelPage, from: string, to: string): Promise<string | undefined> {
    await panel.page.evaluate(
      ([start, end]) => {
        const first = document.querySelector(start);
        const last = [...document.querySelectorAll(end)].at(-1);
        if (first === null || last === undefined) throw new Error('nothing to select');
        const { firstChild } = first;
        const { lastChild } = last;
        if (firstChild === null || lastChild === null) throw new Error('no text to select');
        document
          .getSelection()
          ?.setBaseAndExtent(firstChild, 0, lastChild, lastChild.textContent?.length ?? 0);
      },
      [from, to] as const,
    );
    panel.post({ type: 'quote-selection' });
    await panel.settled();
    const sent = panel.received.findLast(({ type }) => type === 'quote');
    return sent?.type === 'quote' ? sent.text : undefined;
  }

  const first = '[data-reply]:first-child [data-reply-text]';
  const cases: readonly [name: string, from: string, to: string, text: string][] = [
    ['words of one paragraph', `${first} p`, `${first} p`, 'First words.'],
    ['words over several blocks', `${first} p`, `${first} li strong`, 'First words.\n\nthen these'],
    ['nothing of what stands around replies', '.question-title', '.question-title', ''],
    ['nothing of two replies at once', `${first} p`, '[data-reply-text] li strong', ''],
  ];
  for (const [name, from, to, text] of cases) {
    it(`are ${name}`, async () => {
      const panel = await replied();
      assert.equal((await quoted(panel, from, to))?.replace(/\n+/g, '\n\n'), text);
    });
  }

  it('are none where none are selected', async () => {
    const panel = await replied();
    panel.post({ type: 'quote-selection' });
    await panel.settled();
    assert.deepEqual(panel.received.at(-1), { type: 'quote', text: '' });
  });

  it('have the menu of the transcript, not of the composer', async () => {
    const { page } = await replied();
    const within = (selector: string): Promise<string | null> =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const context = element.closest<HTMLElement>('[data-vscode-context]');
          return context?.dataset['vscodeContext'] ?? null;
        });
    assert.equal(await within('[data-reply-text] p'), '{"webviewSection":"transcript"}');
    assert.equal(await within('[data-composer]'), null);
  });

  describe('have a button beside them', () => {
    const button = ({ page }: PanelPage) => page.locator('[data-action=ask-about]');
    const quotes = ({ received }: PanelPage): readonly string[] =>
      received.flatMap((message) => (message.type === 'quote' ? [message.text] : []));
    /** By the mouse, as a reader does. */
    const drag = async ({ page }: PanelPage, selector: string, letGo = true): Promise<void> => {
      const box = await page.locator(selector).last().boundingBox();
      assert.ok(box !== null);
      const y = box.y + 8;
      await page.mouse.move(box.x + 1, y);
      await page.mouse.down();
      await page.mouse.move(box.x + 60, y, { steps: 4 });
      if (letGo) await page.mouse.up();
    };

    it('that isn’t there while nothing is selected', async () => {
      const panel = await replied();
      assert.equal(await button(panel).isVisible(), false);
      await drag(panel, '.question-text');
      await panel.settled();
      assert.equal(await button(panel).isVisible(), false, 'not of a question');
    });

    it('that comes once the pointer lets go, and moves nothing', async () => {
      const panel = await replied();
      const places = () =>
        panel.page.evaluate(() =>
          [...document.querySelectorAll('[data-reply-text] :is(p, li, pre), .composer')].map(
            (element) => {
              const { top, left, width, height } = element.getBoundingClientRect();
              return [top, left, width, height].join();
            },
          ),
        );
      const before = await places();
      await drag(panel, '[data-reply-text] p', false);
      await panel.settled();
      assert.equal(await button(panel).isVisible(), false, 'not under the pointer that draws');
      await panel.page.mouse.up();
      await button(panel).waitFor();
      assert.deepEqual(await places(), before);
    });

    it('that asks about them, and goes', async () => {
      const panel = await replied();
      await drag(panel, '[data-reply-text] p');
      const words = await panel.page.evaluate(() => String(document.getSelection()));
      assert.ok(words.startsWith('First'), words);
      await button(panel).click();
      await button(panel).waitFor({ state: 'hidden' });
      assert.deepEqual(quotes(panel), [words]);
    });

    it('that stands in view, near them, wherever they end', async () => {
      const panel = await open({ width: 300, height: 400 });
      const turn = panel.ask('Long?');
      panel.write(turn, `${'many words '.repeat(300)}\n\n`.repeat(2));
      panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
      await panel.settled();
      await panel.page.locator('[data-reply-text]').evaluate((text) => text.scrollIntoView());
      await panel.settled();
      for (const top of [10, 60, 120, 180, 230]) {
        await panel.page.evaluate((y) => {
          const range = document.caretRangeFromPoint(250, y + 20);
          if (range === null) throw new Error('no text there');
          const { startContainer: node, startOffset: end } = range;
          document.getSelection()?.setBaseAndExtent(node, Math.max(0, end - 5), node, end);
        }, top);
        await panel.settled();
        const box = await button(panel).boundingBox();
        const composer = await panel.page.locator('.composer').boundingBox();
        assert.ok(box !== null && composer !== null, `${top}`);
        assert.ok(box.x >= 0 && box.x + box.width <= 300, `${top}: ${JSON.stringify(box)}`);
        assert.ok(box.y >= 0 && box.y + box.height <= composer.y, `${top}: ${JSON.stringify(box)}`);
      }
    });

    it('that can be reached and pressed by keys, and has a name', async () => {
      const panel = await replied();
      await drag(panel, '[data-reply-text] p');
      await button(panel).waitFor();
      assert.deepEqual(await violations(panel.page), []);
      assert.equal(await panel.page.getByRole('button', { name: 'Ask about This' }).count(), 1);
      for (let stop = 0; stop < 60; stop++) {
        await panel.page.keyboard.press('Tab');
        if (await button(panel).evaluate((it) => it === document.activeElement)) break;
      }
      assert.equal(
        await panel.page.evaluate(() => String(document.getSelection())).then(Boolean),
        true,
      );
      await panel.page.keyboard.press('Enter');
      await panel.settled();
      assert.equal(quotes(panel).length, 1);
    });

    it('that Escape takes away, with the selection', async () => {
      const panel = await replied();
      await drag(panel, '[data-reply-text] p');
      await button(panel).waitFor();
      await button(panel).focus();
      await panel.page.keyboard.press('Escape');
      await button(panel).waitFor({ state: 'hidden' });
    });

    it('that goes with a selection of two replies, and with one of none', async () => {
      const panel = await replied();
      await drag(panel, '[data-reply-text] p');
      await button(panel).waitFor();
      await panel.page.evaluate(() => document.getSelection()?.selectAllChildren(document.body));
      await button(panel).waitFor({ state: 'hidden' });
    });

    it('that stays while the reply streams on', async () => {
      const panel = await open();
      const turn = panel.ask('One?');
      panel.write(turn, 'First words.\n\nSecond ');
      await panel.settled();
      await drag(panel, '[data-reply-text] p');
      await button(panel).waitFor();
      const before = await button(panel).boundingBox();
      for (let count = 0; count < 20; count++) {
        panel.write(turn, `word ${count}, `);
        await panel.settled();
      }
      assert.deepEqual(await button(panel).boundingBox(), before);
      await button(panel).click();
      await panel.settled();
      assert.match(quotes(panel).join(), /^Second/);
    });

    it('right below words that three clicks select, at any width', async () => {
      const panel = await open({ width: 300 });
      const turn = panel.ask('One?');
      panel.write(turn, `- one\n- two ${'and more words '.repeat(8)}\n- three\n\nAfter.`);
      panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
      await panel.settled();
      for (const index of [0, 1, 2]) {
        const item = panel.page.locator('[data-reply-text] li').nth(index);
        await item.click({ clickCount: 3, position: { x: 5, y: 5 } });
        await panel.settled();
        const box = await button(panel).boundingBox();
        const words = await item.boundingBox();
        assert.ok(box !== null && words !== null, `${index}`);
        const gap = box.y - (words.y + words.height);
        assert.ok(gap >= 0 && gap <= 12, `${gap} below the words of ${index}`);
        assert.ok(box.height < 40 && box.x + box.width <= 300, JSON.stringify(box));
      }
    });

    it('also for a last paragraph that three clicks select', async () => {
      const panel = await open();
      const turn = panel.ask('One?');
      panel.write(turn, 'Only words.');
      panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
      await panel.settled();
      await panel.page.locator('[data-reply-text] p').click({ clickCount: 3 });
      await button(panel).click();
      await panel.settled();
      assert.deepEqual(
        quotes(panel).map((text) => text.trim()),
        ['Only words.'],
      );
    });
  });
});
