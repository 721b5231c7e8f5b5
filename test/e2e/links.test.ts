import assert from 'node:assert/strict';
import { say } from '../fakes/messages-api/scripts.ts';
import { askInPanel } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const reply = [
  '[a page](https://example.com/a?b=c)',
  '[script](javascript:alert(1))',
  '[command](command:workbench.action.quit)',
  '[file](file:///etc/passwd)',
  '[data](data:text/html,x)',
  '![picture](https://example.com/pixel.png)',
  '<img src=//example.com/raw.png>',
].join('\n\n');

describe('links in a reply', () => {
  const session = useSession({ script: say(reply) });

  it('are http and https alone, and nothing is loaded', async () => {
    const { workbench } = session();
    const requested: string[] = [];
    workbench.page.on('request', (request) => requested.push(request.url()));
    const panel = await askInPanel(workbench, 'Links, please');
    await panel.waitForOutcome('complete');
    const hrefs = await panel.frame
      .locator('[data-reply-text] a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    assert.deepEqual(hrefs, ['https://example.com/a?b=c', 'https://example.com/pixel.png']);
    assert.equal(await panel.frame.locator('[data-reply-text] img').count(), 0);
    assert.deepEqual(
      requested.filter((url) => url.includes('example.com')),
      [],
    );
  });

  it('open after one question, which shows where they lead', async () => {
    const { workbench } = session();
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.frame.locator('a', { hasText: 'a page' }).click();
    const { detail } = await workbench.dialog();
    assert.equal(detail, 'https://example.com/a?b=c');
    await workbench.clickDialogButton('Cancel');
    assert.equal(workbench.page.context().pages().length, 1, 'nothing was opened');
  });
});
