import assert from 'node:assert/strict';
import { say } from '../fakes/messages-api/scripts.ts';
import { askInPanel } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

describe('the model and its effort', () => {
  const session = useSession({
    script: say('An answer.'),
    userSettings: { 'claudeStream.effort': 'max', 'claudeStream.model': 'claude-haiku-5-5' },
  });

  const panelPage = async (): Promise<PanelPage> =>
    new PanelPage(await session().workbench.panelFrame());

  it('that the model lacks isn’t asked for, and that is said', async () => {
    const { workbench, simulator } = session();
    const asked = simulator.nextMessage();
    const panel = await askInPanel(workbench, 'Why?');
    assert.equal((await asked).body?.output_config, undefined);
    await workbench.waitForNotification('claude-haiku-5-5 doesn’t take the effort “Maximum”');
    await panel.waitForOutcome('complete');
  });

  it('are chosen in the composer, from what the model takes', async () => {
    const { workbench, simulator } = session();
    const panel = await panelPage();
    const model = panel.frame.locator('[data-action=composer-model]');
    const effort = panel.frame.locator('[data-action=composer-effort]');
    await model.filter({ hasText: 'claude-haiku-5-5' }).waitFor();
    await effort.filter({ hasText: 'Effort: Default' }).waitFor();
    await effort.click();
    const { title, rows } = await workbench.quickInput.read();
    assert.equal(title, 'Choose the Effort of claude-haiku-5-5');
    assert.deepEqual(
      rows.map(({ label, description }) => `${label} ${description}`.trim()),
      [
        'The Model’s Default medium',
        'Low',
        'Medium the default of claude-haiku-5-5',
        'High',
        'Show a Summary of the Thinking off',
      ],
    );
    await workbench.quickInput.choose('Low');
    await effort.filter({ hasText: 'Effort: Low' }).waitFor();
    const asked = simulator.nextMessage();
    await panel.followUp('And now?');
    assert.deepEqual((await asked).body?.output_config, { effort: 'low' });
    await panel.waitForOutcome('complete');
  });

  it('lose the effort where the model takes none', async () => {
    const { workbench } = session();
    const panel = await panelPage();
    await panel.frame.locator('[data-action=composer-model]').click();
    await workbench.quickInput.waitUntilOpen();
    await workbench.quickInput.type('claude-sonnet-4-5');
    await workbench.quickInput.accept();
    await panel.frame
      .locator('[data-action=composer-model]', { hasText: 'claude-sonnet-4-5' })
      .waitFor();
    await panel.frame.locator('[data-action=composer-effort]').waitFor({ state: 'hidden' });
  });
});
