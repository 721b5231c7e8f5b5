import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { PanelPage } from './panel-page.ts';
import { usePanelPages } from './use-browser.ts';

const complete = { type: 'outcome', outcome: { kind: 'complete' } } as const;

const focusedName = (page: Page): Promise<string | null> =>
  page.evaluate(
    () =>
      document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName ?? null,
  );

/**
 * Each heading with its level, as a screen reader gets them. Playwright's own roles don't do: they
 * take the level from the tag and overlook `aria-level`.
 */
async function headings(page: Page): Promise<readonly (readonly [unknown, unknown])[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ role, ignored }) => role?.value === 'heading' && !ignored)
    .map(({ name, properties }) => [
      name?.value,
      properties?.find((property) => property.name === 'level')?.value.value,
    ]);
}

describe('the keyboard in the panel', () => {
  const open = usePanelPages();

  const complain = async (panel: PanelPage, text: string): Promise<void> => {
    assert.equal(await panel.page.locator('#announcer').textContent(), text);
  };

  it('keeps the focus from branch to branch, and hears which it is', async () => {
    const panel = await open();
    const { page } = panel;
    panel.apply(panel.ask('Before?'), complete);
    const turns = ['One?', 'Two?', 'Three?'].map((text, index) => {
      const others = index === 0 ? undefined : first;
      const turn = panel.ask(text, [], others);
      first ??= turn;
      panel.write(turn, `About ${text}\n\n`.repeat(60));
      panel.apply(turn, complete);
      return turn;
    });
    await panel.settled();
    const [one, two] = turns;
    assert.ok(one !== undefined && two !== undefined);
    await page.getByRole('button', { name: 'Previous version' }).press('Enter');
    panel.switchTo(two);
    await panel.settled();
    assert.equal(await focusedName(page), 'Previous version');
    await complain(panel, 'Version 2 of 3');
    await page.keyboard.press('Enter');
    panel.switchTo(one);
    await panel.settled();
    // The first has none before it.
    assert.equal(await focusedName(page), 'Next version');
    await complain(panel, 'Version 1 of 3');
  });
  let first: ReturnType<PanelPage['ask']> | undefined;
  afterEach(() => {
    first = undefined;
  });

  it('says nothing of a version where another message brings the state', async () => {
    const panel = await open();
    const turn = panel.ask('One?');
    panel.write(turn, 'This.');
    panel.apply(turn, complete);
    await panel.settled();
    await panel.page.locator('[data-action=edit]').focus();
    panel.connect();
    await panel.settled();
    assert.equal(await focusedName(panel.page), 'Edit “One?”');
    await complain(panel, 'The reply is complete');
  });

  it('finds each Edit button by a name of its own', async () => {
    const panel = await open();
    for (const text of ['One?', 'Two?']) panel.apply(panel.ask(text), complete);
    await panel.settled();
    for (const text of ['One?', 'Two?']) {
      assert.equal(await panel.page.getByRole('button', { name: `Edit “${text}”` }).count(), 1);
    }
  });

  it('finds a reply’s headings below the question’s', async () => {
    const panel = await open();
    const turn = panel.ask('Why?');
    panel.write(turn, '# One\n\nText.\n\n###### Six\n\nText.\n');
    panel.apply(turn, complete);
    await panel.settled();
    assert.deepEqual(await headings(panel.page), [
      ['Conversation with Claude', 1],
      ['Ask Why?', 2],
      ['One', 3],
      ['Six', 6],
    ]);
  });

  it('removes chips with Delete, one after the other', async () => {
    const panel = await open();
    const { page } = panel;
    let left = ['a', 'b', 'c'];
    const show = async (): Promise<void> => {
      panel.post({
        type: 'chips',
        chips: left.map((name) => ({ id: name, label: `${name}.ts`, fault: null })),
      });
      await panel.settled();
    };
    await show();
    await page.getByRole('button', { name: 'Remove b.ts' }).focus();
    for (const [removed, next] of [
      ['b', 'Remove c.ts'],
      ['c', 'Remove a.ts'],
      ['a', 'Ask a question'],
    ]) {
      await page.keyboard.press('Delete');
      await panel.settled();
      assert.deepEqual(panel.received.at(-1), { type: 'detach', chipId: removed });
      left = left.filter((name) => name !== removed);
      await show();
      assert.equal(await focusedName(page), next);
    }
  });

  it('leaves the focus in the composer where a chip comes or goes by itself', async () => {
    const panel = await open();
    await panel.page.locator('[data-composer]').focus();
    panel.post({ type: 'chips', chips: [{ id: 'a', label: 'a.ts', fault: null }] });
    panel.post({ type: 'chips', chips: [] });
    await panel.settled();
    assert.equal(await focusedName(panel.page), 'Ask a question');
  });
});
