import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { violations } from '../../fakes/axe.ts';
import type { PanelPage } from './panel-page.ts';
import { usePanelPages } from './use-browser.ts';

const warning = 'This is 1,234,567 tokens, and the model takes 1,000,000 at most.';

describe('what the question takes', () => {
  const open = usePanelPages();

  const box = ({ page }: PanelPage): Locator => page.locator('[data-composer]');
  const figures = ({ page }: PanelPage): Locator => page.locator('[data-draft-count]');
  const drafts = ({ received }: PanelPage): readonly string[] =>
    received.flatMap((message) => (message.type === 'draft' ? [message.text] : []));
  /** Until the host was told of the draft. */
  const toldOf = async (panel: PanelPage, draft: string): Promise<void> => {
    while (drafts(panel).at(-1) !== draft) await panel.page.waitForTimeout(20);
  };

  it('is asked for once typing pauses, not with every key', async () => {
    const panel = await open();
    await box(panel).pressSequentially('Why does it wait?', { delay: 5 });
    await toldOf(panel, 'Why does it wait?');
    assert.ok(drafts(panel).length < 'Why does it wait?'.length / 2, drafts(panel).join(' | '));
  });

  for (const width of [250, 600]) {
    it(`moves nothing when it comes, at ${width} pixels`, async () => {
      const panel = await open({ width });
      await box(panel).fill('Why?');
      await toldOf(panel, 'Why?');
      const before = await box(panel).boundingBox();
      panel.post({ type: 'estimate', text: '≈1,234 tokens · ≈$0.0025', warning: null });
      await panel.settled();
      assert.equal(await figures(panel).textContent(), '≈1,234 tokens · ≈$0.0025');
      assert.deepEqual(await box(panel).boundingBox(), before);
      const fits = await figures(panel).evaluate((it) => it.scrollWidth <= it.clientWidth);
      assert.ok(fits, 'it can be read whole');
    });
  }

  it('has digits of one width, and is told with the text box', async () => {
    const panel = await open();
    const numeric = await figures(panel).evaluate((it) => getComputedStyle(it).fontVariantNumeric);
    assert.equal(numeric, 'tabular-nums');
    assert.equal(
      await box(panel).getAttribute('aria-describedby'),
      await figures(panel).getAttribute('id'),
    );
  });

  it('warns in words, at any width and in nobody’s way', async () => {
    const panel = await open({ width: 250 });
    await box(panel).fill('Why?');
    await toldOf(panel, 'Why?');
    panel.post({ type: 'estimate', text: '1,234,567 tokens', warning });
    await panel.settled();
    assert.equal(await panel.page.getByRole('status').getByText(warning).isVisible(), true);
    assert.deepEqual(await violations(panel.page), []);
    assert.equal(await panel.page.locator('[data-action=send]').isEnabled(), true);
  });

  it('goes with the question, and doesn’t come back late', async () => {
    const panel = await open();
    await box(panel).fill('Why?');
    await toldOf(panel, 'Why?');
    panel.post({ type: 'estimate', text: '12 tokens', warning });
    await panel.settled();
    await box(panel).press('Enter');
    await toldOf(panel, '');
    panel.post({ type: 'estimate', text: '12 tokens', warning });
    await panel.settled();
    assert.equal(await figures(panel).textContent(), '');
    assert.equal(await panel.page.getByText(warning).count(), 0);
  });

  it('is asked for again when the panel comes back with a draft', async () => {
    const panel = await open();
    await box(panel).fill('Not sent yet');
    await toldOf(panel, 'Not sent yet');
    await panel.hide();
    panel.received.length = 0;
    await panel.show();
    await toldOf(panel, 'Not sent yet');
  });
});
