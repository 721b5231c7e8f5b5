import assert from 'node:assert/strict';
import { say } from '../fakes/messages-api/scripts.ts';
import { askInPanel, cursorPlace } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const code = 'function two() {\n  return 2;\n}\n';
const file = `const one = 1;\n${code}const three = 3;\n`;

describe('the model and its effort', () => {
  const session = useSession({
    script: say('An answer.'),
    files: { 'foo.ts': file },
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

  describe('and what a turn was asked about', () => {
    const source = async (text: string): Promise<void> => {
      const { frame } = await panelPage();
      await frame.locator('[data-newest] .source').filter({ hasText: text }).waitFor();
    };
    const follow = async (): Promise<void> => {
      const { frame } = await panelPage();
      await frame.locator('[data-newest] [data-action=open-source]').click();
    };
    const selected = async (place: RegExp): Promise<void> => {
      const { workbench } = session();
      while (!place.test(await cursorPlace(workbench))) await workbench.page.waitForTimeout(100);
    };

    it('is a link back that follows edits above it', async () => {
      const { workbench } = session();
      await workbench.openFile('foo.ts');
      await workbench.select({ from: { line: 2, column: 1 }, to: { line: 5, column: 1 } });
      await workbench.runCommand('Claude: Explain Selection');
      await source('foo.ts:2–4');
      await (await panelPage()).waitForOutcome('complete');
      await workbench.runCommand('View: Focus First Editor Group');
      await workbench.select({ from: { line: 1, column: 1 }, to: { line: 1, column: 1 } });
      await workbench.press('Enter');
      await source('foo.ts:3–5');
      await follow();
      await selected(/Ln 6, Col 1 \(\d+ selected\)/);
    });

    it('says that the code has changed since, and takes it back after undo', async () => {
      const { workbench } = session();
      await workbench.select({ from: { line: 4, column: 10 }, to: { line: 4, column: 11 } });
      await workbench.page.keyboard.type('7');
      await source('changed since');
      await workbench.press('Control+Z');
      const { frame } = await panelPage();
      await frame.locator('[data-newest] .source:not(.stale)', { hasText: 'foo.ts:3–5' }).waitFor();
    });

    it('leads back after the window was reloaded', async () => {
      const { workbench } = session();
      await workbench.press('Control+S');
      await workbench.reload();
      await source('foo.ts:');
      await follow();
      await selected(/Ln 6, Col 1 \(\d+ selected\)/);
      await source('foo.ts:3–5');
    });
  });
});
