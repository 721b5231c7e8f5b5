import assert from 'node:assert/strict';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import { askInPanel } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const thinking = 'First the loop.\n\nThen the **waits**.';

describe('thinking', () => {
  const session = useSession();

  it('is timed, and no summary of it is asked for, unless a setting says so', async () => {
    const { workbench, simulator } = session();
    const gate = new Gate();
    simulator.answer(say('Because.', { thinking: '', gate, holdAfter: 0 }));
    const asked = simulator.nextMessage();
    const panel = await askInPanel(workbench, 'Why?');
    const label = panel.frame.locator('[data-thinking] summary').last();
    await label.filter({ hasText: /^Thinking… [1-9]\d* s$/ }).waitFor();
    gate.open();
    await panel.waitForOutcome('complete');
    assert.match((await label.textContent()) ?? '', /^Thought for \d+ s$/);
    assert.equal((await asked).body?.thinking, undefined);
  });

  it('is summarised where the setting says so, and comes back with the window', async () => {
    const { workbench, simulator } = session();
    await workbench.changeSettings({ 'claudeStream.showThinking': true });
    const asked = async (): Promise<unknown> => {
      simulator.answer(say('Because.', { thinking }));
      const next = simulator.nextMessage();
      const panel = await askInPanel(workbench, 'Why, again?');
      await panel.waitForOutcome('complete');
      return (await next).body?.thinking;
    };
    // VS Code reads the changed file in its own time.
    let sent = await asked();
    for (let again = 0; again < 10 && sent === undefined; again++) sent = await asked();
    assert.deepEqual(sent, { type: 'adaptive', display: 'summarized' });

    const shown = async (): Promise<readonly (string | null)[]> => {
      const panel = new PanelPage(await workbench.panelFrame());
      await panel.waitForOutcome('complete');
      const last = panel.frame.locator('[data-thinking]').last();
      return [
        await last.locator('[data-thinking-text]').textContent(),
        await last.locator('summary').textContent(),
      ];
    };
    const before = await shown();
    assert.equal(before[0], thinking);
    await workbench.reload();
    assert.deepEqual(await shown(), before);
  });
});
