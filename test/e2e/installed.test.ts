import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canaryKey } from '../fakes/canary-key.ts';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { askByHand, askInPanel } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';
import { extensionId } from './window.ts';

/** What ships, where it ends up: each thing once, in the order in which somebody new would do it. */
describe('the packaged extension, installed', () => {
  const session = useSession({ extension: 'installed', withKey: false });

  const panelPage = async (): Promise<PanelPage> =>
    new PanelPage(await session().workbench.panelFrame());

  it('is among VS Code’s extensions, and none is under development', async () => {
    const { workbench, dataDir } = session();
    const installed = await readdir(join(dataDir, 'extensions'));
    assert.ok(
      installed.some((name) => name.startsWith(`${extensionId}-`)),
      installed.join(' '),
    );
    assert.doesNotMatch(await workbench.page.title(), /Extension Development Host/);
  });

  it('takes a key', async () => {
    const { workbench } = session();
    await workbench.runCommand('Claude: Set API Key…');
    await workbench.quickInput.type(canaryKey);
    await workbench.quickInput.accept();
    await workbench.page.locator('.statusbar-item', { hasText: 'API key saved' }).waitFor();
  });

  it('explains a selection, and the status bar says what it cost', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say(sampleReply, { outputTokens: 356 }));
    const asked = simulator.nextMessage();
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
    await workbench.contextMenu('Explain with Claude');
    const { headers } = await asked;
    assert.equal(headers.authorization, `Bearer ${canaryKey}`);
    const panel = await panelPage();
    await panel.waitForOutcome('complete');
    const { shown, right } = await panel.compareWith(sampleReply);
    assert.deepEqual(shown, right);
    await workbench.statusBarItem('claudeStream.usage').waitForText('356 out');
  });

  it('answers a question, and a follow-up with what was said', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('It waits.'));
    const panel = await askInPanel(workbench, 'What does it do?', askByHand);
    await panel.waitForText('It waits.');
    await panel.waitForOutcome('complete');
    simulator.answer(say('It backs off.'));
    const asked = simulator.nextMessage();
    await panel.followUp('Why?');
    const { body } = await asked;
    const [question, answer, followUp] = body?.messages.slice(-3) ?? [];
    assert.match(String(question?.content), /<selection file="retry\.ts"[\s\S]*What does it do\?$/);
    assert.deepEqual([answer?.content, followUp?.content], ['It waits.', 'Why?']);
    await panel.waitForText('It backs off.');
    await panel.waitForOutcome('complete');
  });

  it('stops, and the server sees the connection close', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('word '.repeat(100_000), { paceMs: 10, deltaLength: 5 }));
    const asked = simulator.nextMessage();
    const panel = await askInPanel(workbench, 'Tell me everything');
    const { ended } = await asked;
    await panel.waitForText('word word word');
    await workbench.runCommand('Claude: Stop');
    assert.equal(await ended, 'closed-by-client');
    await panel.waitForOutcome('stopped');
  });

  it('brings the conversation back when the window is reloaded', async function () {
    this.timeout(120_000);
    const { workbench } = session();
    const before = await panelPage();
    const [replies, text] = [await before.replies(), await before.text()];
    assert.equal(replies, 4);
    // A busy machine takes its time to start an extension host once more.
    workbench.page.setDefaultTimeout(45_000);
    await workbench.reload();
    const after = await panelPage();
    await after.waitForOutcome('stopped');
    assert.equal(await after.replies(), replies);
    assert.equal(await after.text(), text);
  });
});
