import assert from 'node:assert/strict';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import { askInPanel, clipboard, closeUntitled, showUntitled } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

describe('history', () => {
  const session = useSession({ isFresh: true });
  const first = 'How does it retry?';
  const second = 'What is a jitter?';

  /** Opens the list and gives its rows' labels, as soon as one of them is there. */
  async function openList(expected: string): Promise<readonly string[]> {
    const { workbench } = session();
    await workbench.runCommandAndFocus('Claude: Show Conversations…', expected);
    const { title, rows } = await workbench.quickInput.read();
    assert.equal(title, 'Conversations');
    return rows.map(({ label }) => label);
  }

  async function panel(): Promise<PanelPage> {
    return new PanelPage(await session().workbench.panelFrame());
  }

  /** The panel after a change that puts another webview in its place. */
  async function panelAfter(change: () => Promise<void>): Promise<PanelPage> {
    const { frame } = await panel();
    const gone = frame.page().waitForEvent('framedetached', (detached) => detached === frame);
    await change();
    await gone;
    return panel();
  }

  it('keeps a conversation when a new one is begun', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say(sampleReply, { outputTokens: 356 }));
    await (await askInPanel(workbench, first)).waitForOutcome('complete');
    const empty = await panelAfter(() => workbench.runCommand('Claude: New Conversation'));
    await empty.frame.getByText('Ask about what is on your screen').waitFor();
    assert.equal(await empty.replies(), 0);
    simulator.answer(say('Random waiting.'));
    const page = await askInPanel(workbench, second);
    await page.waitForOutcome('complete');
    assert.equal(await page.replies(), 1);
  });

  it('lists both, finds one by its words, and opens it as it was', async () => {
    const { workbench } = session();
    assert.deepEqual((await openList(first)).slice(0, 2), [second, first]);
    await workbench.quickInput.type('retry');
    const page = await panelAfter(() => workbench.quickInput.choose(first));
    await page.waitForText('exponential backoff');
    const { shown, right } = await page.compareWith(sampleReply);
    assert.deepEqual(shown, right);
    assert.match(await page.receipt(), /356 tokens/);
    assert.equal(await page.replies(), 1);
  });

  it('searches the texts of all', async () => {
    const { workbench } = session();
    await openList(first);
    await workbench.quickInput.type('Random wai');
    await workbench.quickInput.choose('Search in the Text of All Conversations…');
    await workbench.quickInput.focusRow(second);
    const { rows } = await workbench.quickInput.read();
    assert.deepEqual(
      rows.map(({ label, detail }) => [label, detail]),
      [[second, 'Random waiting.']],
    );
    await workbench.quickInput.cancel();
  });

  it('renames the conversation in the panel', async () => {
    const { workbench } = session();
    await workbench.runCommand('Claude: Rename Conversation…');
    await workbench.quickInput.waitForMessage('words of the first question');
    assert.equal((await workbench.quickInput.read()).value, first);
    await workbench.quickInput.type('Retries');
    await workbench.quickInput.accept();
    await workbench.quickInput.waitUntilClosed();
    assert.deepEqual((await openList('Retries')).slice(0, 2), [second, 'Retries']);
    await workbench.quickInput.cancel();
  });

  it('exports it as a Markdown document, and the reply alone to the clipboard', async () => {
    const { workbench } = session();
    await workbench.runCommandAndChoose('Claude: Export Conversation…', 'Open as Markdown');
    await showUntitled(workbench);
    const markdown = await workbench.copyEditorText();
    assert.ok(markdown.startsWith(`# Retries\n\n> ${first}\n\n${sampleReply}`));
    assert.match(markdown, /\n\[\^receipt-1\]: Model: .*Output: 356 tokens/);
    await closeUntitled(workbench);
    await workbench.page.evaluate(() => navigator.clipboard.writeText(''));
    await workbench.runCommandAndChoose(
      'Claude: Export Conversation…',
      'Copy Last Reply as Markdown',
    );
    assert.ok((await clipboard(workbench)).startsWith(sampleReply));
  });

  it('asks before a streaming reply is stopped for another conversation', async () => {
    const { workbench, simulator } = session();
    const gate = new Gate();
    simulator.answer(say(sampleReply, { gate, holdAfter: 100 }));
    const asked = simulator.nextMessage();
    await askInPanel(workbench, 'Once more?');
    const { ended } = await asked;
    await workbench.runCommand('Claude: New Conversation');
    assert.match((await workbench.dialog()).message, /still answering/);
    await workbench.clickDialogButton('Cancel');
    assert.equal(await (await panel()).replies(), 2);
    await workbench.runCommand('Claude: New Conversation');
    await panelAfter(() => workbench.clickDialogButton('Stop It'));
    assert.equal(await ended, 'closed-by-client');
    await openList('Retries');
    const page = await panelAfter(() => workbench.quickInput.choose('Retries'));
    await page.waitForOutcome('stopped');
    assert.equal(await page.replies(), 2);
  });

  it('is a view too, which is shown when it is asked for', async () => {
    const { workbench } = session();
    await workbench.runCommand('Explorer: Focus on Claude Conversations View');
    const tree = workbench.page.locator('.pane', { hasText: 'Claude Conversations' });
    await tree.locator('.monaco-list-row', { hasText: second }).waitFor();
    const rows = await tree.locator('.monaco-list-row .label-name').allInnerTexts();
    assert.deepEqual(rows, ['Today', 'Retries', second]);
  });

  it('deletes one from the view, after a question', async () => {
    const { workbench } = session();
    const tree = workbench.page.locator('.pane', { hasText: 'Claude Conversations' });
    const row = tree.locator('.monaco-list-row', { hasText: second });
    await row.hover();
    await row.locator('.action-label.codicon-trash').click();
    assert.equal((await workbench.dialog()).message, `Delete “${second}”?`);
    await workbench.clickDialogButton('Delete');
    await row.waitFor({ state: 'hidden' });
    assert.equal(await tree.locator('.monaco-list-row', { hasText: 'Retries' }).count(), 1);
  });

  it('deletes all, after a question with their number', async () => {
    const { workbench } = session();
    await workbench.runCommand('Claude: Delete All Conversations…');
    assert.equal((await workbench.dialog()).message, 'Delete the one conversation?');
    await workbench.clickDialogButton('Delete');
    await workbench.page.locator('iframe.webview').first().waitFor({ state: 'detached' });
    const tree = workbench.page.locator('.pane', { hasText: 'Claude Conversations' });
    await tree.getByText('kept here').waitFor();
  });
});
