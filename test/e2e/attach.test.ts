import assert from 'node:assert/strict';
import { say } from '../fakes/messages-api/scripts.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

describe('One key attaches', () => {
  const session = useSession({
    script: say('It waits *longer* each time.\n\n```ts\nwait *= 2;\n```\n'),
  });

  const panelPage = async (): Promise<PanelPage> =>
    new PanelPage(await session().workbench.panelFrame());
  const chips = (panel: PanelPage) => panel.frame.locator('.chip');

  it('the selection to a question in a panel that it opens', async () => {
    const { workbench, simulator } = session();
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 4, column: 1 }, to: { line: 5, column: 1 } });
    await workbench.press('Control+K a');
    const panel = await panelPage();
    await chips(panel).filter({ hasText: 'retry.ts:4' }).waitFor();
    await panel.frame.locator('[data-composer]:focus').waitFor();
    await workbench.type('What is this?');
    await panel.frame.locator('[data-draft-count]').filter({ hasText: 'tokens' }).waitFor();
    const asked = simulator.nextMessage();
    await workbench.press('Enter');
    const question = String((await asked).body?.messages.at(-1)?.content);
    assert.match(question, /<selection file="retry\.ts" language="typescript" lines="4">/);
    await panel.waitForOutcome('complete');
  });

  it('another selection while the panel is there', async () => {
    const { workbench } = session();
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 6, column: 1 }, to: { line: 7, column: 1 } });
    await workbench.press('Control+K a');
    const panel = await panelPage();
    await chips(panel).filter({ hasText: 'retry.ts:6' }).waitFor();
    await panel.frame.locator('[data-composer]:focus').waitFor();
    await panel.frame.locator('[data-action=detach]').click();
    await chips(panel).waitFor({ state: 'detached' });
  });

  it('selected words of a reply to the next question', async () => {
    const { workbench, simulator } = session();
    const panel = await panelPage();
    await panel.frame.locator('[data-reply-text] em').first().dblclick();
    await workbench.press('Control+K a');
    await chips(panel).filter({ hasText: '“longer”' }).waitFor();
    const asked = simulator.nextMessage();
    await panel.followUp('Than what?');
    const question = String((await asked).body?.messages.at(-1)?.content);
    assert.equal(question, '<quote from="your reply">\nlonger\n</quote>\n\nThan what?');
    await panel.waitForOutcome('complete');
  });

  it('a block of code, and asks at once to have it explained', async () => {
    const { simulator } = session();
    const panel = await panelPage();
    const asked = simulator.nextMessage();
    await panel.frame.locator('.code-block').last().hover();
    await panel.press('explain');
    const question = String((await asked).body?.messages.at(-1)?.content);
    assert.match(question, /^<quote from="your reply" language="typescript">\nwait \*= 2;\n/);
    await panel.waitForOutcome('complete');
  });
});
