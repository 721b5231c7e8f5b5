import assert from 'node:assert/strict';
import type { PanelPage } from './panel-page.ts';
import { usePanelPages } from './use-browser.ts';

/** Pastes as a person would who has copied a picture, or words, or both. */
async function paste(
  { page }: PanelPage,
  copied: { readonly type?: string; readonly bytes?: number; readonly text?: string },
): Promise<boolean> {
  return page.locator('[data-composer]').evaluate((box, { type, bytes = 0, text }) => {
    const clipboardData = new DataTransfer();
    if (type !== undefined) {
      clipboardData.items.add(new File([new Uint8Array(bytes).fill(65)], 'copied', { type }));
    }
    if (text !== undefined) clipboardData.items.add(text, 'text/plain');
    const event = new ClipboardEvent('paste', { clipboardData, cancelable: true, bubbles: true });
    return box.dispatchEvent(event);
  }, copied);
}

describe('what is pasted into the composer', () => {
  const open = usePanelPages();

  const cases: readonly [
    what: string,
    copied: Parameters<typeof paste>[1],
    told: readonly string[],
  ][] = [
    ['a picture goes with the question', { type: 'image/png', bytes: 3 }, ['QUFB']],
    ['so does one that comes with words', { type: 'image/png', bytes: 3, text: 'a' }, ['QUFB']],
    ['one that is too large is told, not sent', { type: 'image/png', bytes: 3_750_001 }, ['']],
    ['words are words', { text: 'a' }, []],
    ['another file is left alone', { type: 'application/pdf', bytes: 3 }, []],
  ];
  for (const [what, copied, told] of cases) {
    it(what, async () => {
      const panel = await open();
      const isLeftAlone = await paste(panel, copied);
      assert.equal(isLeftAlone, told.length === 0);
      await panel.settled();
      assert.deepEqual(
        panel.received.flatMap((message) => (message.type === 'paste-image' ? [message.data] : [])),
        told,
      );
    });
  }
});

describe('an image that the model doesn’t take', () => {
  const open = usePanelPages();

  it('is marked, with the reason in words, until it is gone', async () => {
    const panel = await open();
    const fault = 'claude-blind-1 takes no images.';
    const note = { id: 'note', label: 'notes.md', fault: null };
    panel.post({ type: 'chips', chips: [note, { id: 'shot', label: 'shot.png', fault }] });
    await panel.settled();
    const { page } = panel;
    assert.deepEqual(await page.locator('.chip.faulty').allTextContents(), ['shot.png×']);
    assert.equal(
      await page.locator('#composer [role=status]', { hasText: fault }).innerText(),
      fault,
    );
    await page.getByRole('button', { name: 'Remove shot.png' }).click();
    await panel.settled();
    assert.deepEqual(panel.received.at(-1), { type: 'detach', chipId: 'shot' });
    panel.post({ type: 'chips', chips: [note] });
    await panel.settled();
    assert.equal(await page.locator('#composer').getByText(fault).count(), 0);
  });
});
