import assert from 'node:assert/strict';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

/* VS Code's own chat, without the extension that usually answers there. */
describe('in VS Code’s own chat', () => {
  const session = useSession({ startSettings: { 'chat.disableAIFeatures': false } });

  it('@claude answers about the selection, and stops', async function () {
    this.timeout(120_000);
    const { workbench, simulator } = session();
    const { page } = workbench;
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
    // The first reply of a window: VS Code then has Claude's models in its picker.
    simulator.answer(say('It retries.'));
    await workbench.runCommand('Claude: Explain Selection');
    await new PanelPage(await workbench.panelFrame()).waitForOutcome('complete');
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.runCommand('Chat: Open Chat');
    const input = page.locator('.interactive-input-part .monaco-editor').last();
    await input.waitFor();
    const ask = async (words: string): Promise<void> => {
      await input.click();
      await page.keyboard.type(`@claude ${words} `);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
    };

    simulator.answer(say('It tries again. And again.', { outputTokens: 9 }));
    const received = simulator.nextMessage();
    await page.locator('.interactive-input-part', { hasText: 'Claude Haiku 5.5' }).waitFor();
    await ask('Why?');
    const { body } = await received;
    assert.match(JSON.stringify(body?.messages.at(-1)?.content), /export async function retry/);
    const answer = page.locator('.interactive-response').last();
    await answer.filter({ hasText: 'It tries again. And again.' }).waitFor();
    await answer.filter({ hasText: /tokens in, 9 out/ }).waitFor();

    simulator.answer(say('First. Second.', { gate: new Gate(), holdAfter: 12 }));
    const asked = simulator.nextMessage();
    await ask('Really?');
    const { ended, body: second } = await asked;
    assert.equal(second?.messages[1]?.content, 'It tries again. And again.');
    await page.locator('.interactive-response').last().filter({ hasText: 'First.' }).waitFor();
    await workbench.runCommand('Claude: Stop');
    assert.equal(await ended, 'closed-by-client');
  });
});
