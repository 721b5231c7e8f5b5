import assert from 'node:assert/strict';
import type { Turn } from '../../../src/core/conversation/conversation.ts';
import { violations } from '../../fakes/axe.ts';
import type { PanelPage } from './panel-page.ts';
import { usePanelPages } from './use-browser.ts';

const selection = {
  kind: 'selection',
  file: 'src/retry.ts',
  language: 'typescript',
  lines: { from: 4, to: 15 },
  text: 'export',
  surroundings: [],
} as const;

describe('what a turn was asked about', () => {
  const open = usePanelPages();

  async function asked(): Promise<[PanelPage, Turn]> {
    const panel = await open({ width: 300 });
    const turn = panel.ask('Why?', [
      { ...selection, uri: 'file:///src/retry.ts' },
      { kind: 'quote', language: '', text: 'waits longer' },
    ]);
    await panel.settled();
    return [panel, turn];
  }

  it('is a link back where it stands in a document', async () => {
    const [panel, turn] = await asked();
    const buttons = panel.page.locator('[data-action=open-source]');
    assert.deepEqual(await buttons.allTextContents(), ['src/retry.ts:4–15']);
    await buttons.press('Enter');
    await panel.settled();
    assert.deepEqual(panel.received.at(-1), {
      type: 'open-source',
      replyId: turn.reply.id,
      index: 0,
    });
  });

  it('says in words where it has changed, keeps the focus, and takes it back', async () => {
    const [panel, turn] = await asked();
    const replyId = turn.reply.id;
    const button = panel.page.locator('[data-action=open-source]');
    await button.focus();
    const quote = { label: '“waits longer”', opens: false, stale: false };
    const moved = { label: 'src/retry.ts:6–17', opens: true };
    panel.post({ type: 'sources', replyId, sources: [{ ...moved, stale: true }, quote] });
    await panel.settled();
    const item = panel.page.locator('.source').first();
    assert.equal(await item.textContent(), 'src/retry.ts:6–17 (changed since)');
    assert.equal(await button.evaluate((it) => it === document.activeElement), true);
    assert.deepEqual(await violations(panel.page), []);
    panel.post({ type: 'sources', replyId, sources: [{ ...moved, stale: false }, quote] });
    await panel.settled();
    assert.equal(await item.textContent(), 'src/retry.ts:6–17');
  });
});
