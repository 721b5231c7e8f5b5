import assert from 'node:assert/strict';
import { say } from '../fakes/messages-api/scripts.ts';
import { ask, askByHand, askInPanel, commandsLike } from './looking.ts';
import type { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

/** More than anyone waits for. */
const endless = say('word '.repeat(100_000), { paceMs: 10, deltaLength: 5 });

describe('Stop', () => {
  const session = useSession({ script: endless });

  async function startEndless(how = ask): Promise<{
    readonly panel: PanelPage;
    readonly ended: Promise<string>;
  }> {
    const { workbench, simulator } = session();
    const asked = simulator.nextMessage();
    const panel = await askInPanel(workbench, 'Tell me everything', how);
    const { ended } = await asked;
    await panel.waitForText('word word word');
    return { panel, ended };
  }

  async function assertStopped(panel: PanelPage, ended: Promise<string>): Promise<void> {
    assert.equal(await ended, 'closed-by-client');
    await panel.waitForOutcome('stopped');
    assert.match(await panel.text(), /^word word word/);
    assert.equal(await panel.endSentence(), 'Stopped by you.');
    await panel.waitForReceipt('counted from the text that arrived');
  }

  it('by the button: the server sees the connection close, and the text stays', async () => {
    await session().workbench.openFile('retry.ts');
    const { panel, ended } = await startEndless(askByHand);
    await panel.press('stop');
    await assertStopped(panel, ended);
  });

  it('by the command', async () => {
    const { panel, ended } = await startEndless();
    await session().workbench.runCommand('Claude: Stop');
    await assertStopped(panel, ended);
  });

  it('by the key, with the focus in the editor', async () => {
    const { workbench } = session();
    await workbench.press('Control+1');
    const { panel, ended } = await startEndless();
    assert.equal((await workbench.focus()).where, 'editor');
    await workbench.press('Control+K Escape');
    await assertStopped(panel, ended);
  });

  it('by Escape in the panel', async () => {
    const { panel, ended } = await startEndless();
    await panel.frame.locator('body').click();
    await session().workbench.press('Escape');
    await assertStopped(panel, ended);
  });

  it('by closing the panel', async () => {
    const { workbench } = session();
    const { panel, ended } = await startEndless();
    await panel.frame.locator('body').click();
    await workbench.closeActiveTab();
    assert.equal(await ended, 'closed-by-client');
  });

  it('is no command while nothing streams', async () => {
    const { workbench } = session();
    // The palette shows what was so when it opened, and the end may be on its way still.
    const deadline = Date.now() + 10_000;
    let labels = await commandsLike(workbench, 'Claude: S');
    while (labels.includes('Claude: Stop') && Date.now() < deadline) {
      labels = await commandsLike(workbench, 'Claude: S');
    }
    assert.ok(labels.includes('Claude: Set API Key…'));
    assert.ok(!labels.includes('Claude: Stop'));
  });
});
