import assert from 'node:assert/strict';
import type { PanelPage } from './panel-page.ts';
import { usePanelPages } from './use-browser.ts';

const before = 'Some **bold** words.\n\n';
const table = '| a | b |\n| - | - |\n| 1 | 2 |\n\n';
const after = 'And `more`\nof it.';
const complete = { type: 'outcome', outcome: { kind: 'complete' } } as const;

/** Stands for a fault of our renderer: its page makes no tables. */
async function breakTables({ page }: PanelPage): Promise<string[]> {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.evaluate(() => {
    const create = document.createElement.bind(document);
    document.createElement = (name: string): HTMLElement => {
      if (name === 'table') throw new Error('no table');
      return create(name);
    };
  });
  return errors;
}

describe('a reply that the renderer fails on', () => {
  const open = usePanelPages();

  it('is shown as it was written, to the last character, and says so once', async () => {
    const panel = await open();
    const errors = await breakTables(panel);
    const turn = panel.ask('A table?');
    const text = panel.page.locator('[data-reply-text]');
    panel.write(turn, before);
    await panel.settled();
    assert.equal(await text.locator('strong').count(), 1);
    for (const piece of [table, after]) {
      panel.write(turn, piece);
      await panel.settled();
    }
    assert.equal(await text.textContent(), before + table + after);
    panel.apply(turn, complete);
    await panel.settled();
    assert.equal(await text.textContent(), before + table + after);
    assert.equal(await panel.page.locator('[data-outcome=complete]').count(), 1);
    assert.deepEqual(errors, ['no table']);
  });

  it('leaves the others as they are', async () => {
    const panel = await open();
    await breakTables(panel);
    for (const words of [table, before]) {
      const turn = panel.ask('Next?');
      panel.write(turn, words);
      panel.apply(turn, complete);
      await panel.settled();
    }
    const texts = panel.page.locator('[data-reply-text]');
    assert.equal(await texts.first().textContent(), table);
    assert.equal(await texts.last().locator('strong').count(), 1);
  });
});
