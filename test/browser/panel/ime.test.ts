import assert from 'node:assert/strict';
import { usePanelPages } from './use-browser.ts';

describe('words written with an input method', () => {
  const open = usePanelPages();

  it('aren’t sent by the Enter that chooses them, and are by the next', async () => {
    const panel = await open({ ownTab: true });
    const { page } = panel;
    const composer = page.locator('[data-composer]');
    await composer.focus();
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Input.imeSetComposition', {
      text: 'なぜ',
      selectionStart: 2,
      selectionEnd: 2,
    });
    // The input method has taken the key: it writes nothing of its own.
    const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
    await devTools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
    await devTools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
    await panel.settled();
    const asked = () =>
      panel.received.flatMap((message) => (message.type === 'ask' ? [message.text] : []));
    assert.deepEqual(asked(), []);
    await devTools.send('Input.insertText', { text: 'なぜ' });
    assert.equal(await composer.inputValue(), 'なぜ');
    await page.keyboard.press('Enter');
    await panel.settled();
    assert.deepEqual(asked(), ['なぜ']);
  });
});
