import assert from 'node:assert/strict';
import { canaryKey } from '../fakes/canary-key.ts';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import { clipboard, contextMenuItems } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const retryFunction = { from: { line: 4, column: 1 }, to: { line: 15, column: 2 } };

describe('Explain Selection', () => {
  const session = useSession({ isFresh: true });

  it('is in the context menu only with a selection, and shows no usage before the first reply', async () => {
    const { workbench } = session();
    await workbench.openFile('retry.ts');
    await workbench.goTo({ line: 2, column: 1 });
    const items = await contextMenuItems(workbench);
    for (const label of ['Explain with Claude', 'Claude']) assert.ok(!items.includes(label), label);
    assert.ok(!(await workbench.statusBarItem('claudeStream.usage').isShown()));
  });

  it('streams into a panel beside, by the context menu, text first and focus left alone', async () => {
    const { workbench, simulator } = session();
    const gate = new Gate();
    simulator.answer(say(sampleReply, { gate, holdAfter: 300, outputTokens: 356 }));
    const asked = simulator.nextMessage();
    await workbench.select(retryFunction);
    await workbench.contextMenu('Explain with Claude');

    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForText('exponential backoff');
    await panel.waitForOutcome('streaming');
    assert.ok(!(await panel.text()).includes('Worth knowing'), 'the end is not there yet');
    assert.ok(await panel.isCursorShown());
    assert.equal((await workbench.focus()).where, 'editor');
    await workbench.statusBarItem('claudeStream.usage').waitForText('≈');

    gate.open();
    await panel.waitForOutcome('complete');
    const { shown, right } = await panel.compareWith(sampleReply);
    assert.deepEqual(shown, right);
    assert.ok(!(await panel.isCursorShown()));

    const { body, headers } = await asked;
    const question = String(body?.messages.at(-1)?.content);
    assert.match(question, /<selection file="retry\.ts" language="typescript" lines="4-15">/);
    assert.match(question, /part="imports" lines="1">\nimport \{ sleep \}/);
    assert.ok(question.includes('\nexport async function retry<T>('));
    assert.equal(body?.model, 'claude-sonnet-5-5');
    assert.equal(headers.authorization, `Bearer ${canaryKey}`);
  });

  it('shows in the status bar what the API counted', async () => {
    const { workbench, simulator } = session();
    const item = workbench.statusBarItem('claudeStream.usage');
    const input = Math.ceil(JSON.stringify(simulator.messages[0]?.body).length / 3.6);
    assert.equal(await item.text(), `${input} in · 356 out`);
    assert.match(await item.label(), /Claude: \d+ tokens in, 356 tokens out/);
    const tooltip = await item.tooltip();
    for (const part of ['claude-sonnet-5-5', '356 tokens', 'Cost', 'First token', 'This window']) {
      assert.ok(tooltip.includes(part), `${part} in ${tooltip}`);
    }
    assert.match(tooltip, /Today\s+Replies\s+1\b/);
  });

  it('has a receipt under the reply', async () => {
    const panel = new PanelPage(await session().workbench.panelFrame());
    const receipt = await panel.receipt();
    for (const part of ['356 out', 'end_turn', 'req_simulated', 'tokens/s', '$']) {
      assert.ok(receipt.includes(part), `${part} in ${receipt}`);
    }
  });

  it('works from the Claude submenu, in the same panel', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('From the submenu.'));
    await workbench.openFile('retry.ts');
    await workbench.select(retryFunction);
    await workbench.contextMenu('Claude', 'Explain Selection');
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForText('From the submenu.');
    await panel.waitForOutcome('complete');
    assert.equal(await panel.replies(), 2);
  });

  it('works from the palette, in the same panel', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('Only the *loop*.', { deltaLength: 3 }));
    const asked = simulator.nextMessage();
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 6, column: 1 }, to: { line: 7, column: 1 } });
    await workbench.runCommand('Claude: Explain Selection');
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForText('Only the loop.');
    await panel.waitForOutcome('complete');
    assert.equal(await panel.replies(), 3);
    const question = String((await asked).body?.messages.at(-1)?.content);
    assert.match(question, /<selection [^>]*lines="6">\n {2}for \(let attempt/);
  });

  it('copies the reply as it was written', async () => {
    const { workbench } = session();
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.press('copy');
    await panel.frame.locator('[data-action=copy]', { hasText: 'Copied' }).waitFor();
    assert.equal(await clipboard(workbench), 'Only the *loop*.');
  });

  it('works from the palette while the panel has the focus', async () => {
    const { workbench, simulator } = session();
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.frame.locator('body').click();
    const asked = simulator.nextMessage();
    await workbench.runCommand('Claude: Explain Selection');
    assert.match(
      String((await asked).body?.messages.at(-1)?.content),
      /<selection [^>]*lines="6">/,
    );
    await panel.waitForOutcome('complete');
    assert.equal(await panel.replies(), 4);
  });

  it('comes back whole after it was hidden', async () => {
    const { workbench } = session();
    // Another tab over the panel throws its page away; going back loads it anew.
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.frame.locator('body').click();
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.closeActiveTab();
    const again = new PanelPage(await workbench.panelFrame());
    assert.equal(await again.replies(), 4);
    await again.waitForText('Only the loop.');
  });

  it('is in the lightbulb once the extension runs', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('From the lightbulb.'));
    await workbench.openFile('retry.ts');
    await workbench.select(retryFunction);
    await workbench.press('Control+Period');
    await workbench.page
      .locator('.action-widget .monaco-list-row', { hasText: 'Explain with Claude' })
      .click();
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForText('From the lightbulb.');
  });

  it('asks for a selection where there is none', async () => {
    const { workbench, simulator } = session();
    const before = simulator.messages.length;
    await workbench.openFile('retry.ts');
    await workbench.goTo({ line: 1, column: 1 });
    await workbench.runCommand('Claude: Explain Selection');
    await workbench.waitForNotification('Select the text');
    assert.equal(simulator.messages.length, before);
  });
});
