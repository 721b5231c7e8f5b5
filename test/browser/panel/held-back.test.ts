import assert from 'node:assert/strict';
import { usePanelPages } from './use-browser.ts';

describe('a question that wasn’t sent', () => {
  const open = usePanelPages();

  it('stands in the composer again, unless something else does by now', async () => {
    const panel = await open();
    const box = panel.page.locator('[data-composer]');
    await box.fill('What is this?');
    await box.press('Enter');
    assert.equal(await box.inputValue(), '');
    panel.post({ type: 'not-sent', text: 'What is this?' });
    await panel.settled();
    assert.equal(await box.inputValue(), 'What is this?');
    assert.ok(await panel.page.getByRole('button', { name: 'Send' }).isEnabled());
    panel.post({ type: 'not-sent', text: 'Another one' });
    await panel.settled();
    assert.equal(await box.inputValue(), 'What is this?');
  });
});
