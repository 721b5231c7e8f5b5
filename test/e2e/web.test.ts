import assert from 'node:assert/strict';
import { canaryKey } from '../fakes/canary-key.ts';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { Gate, redirectTo, say } from '../fakes/messages-api/scripts.ts';
import { startSpy } from '../fakes/spy.ts';
import {
  askByHand,
  askInPanel,
  clipboard,
  closeUntitled,
  setApiKey,
  showUntitled,
  waitForEditorText,
  waitUntilWritten,
} from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

/** More than anyone waits for. */
const endless = say('word '.repeat(100_000), { paceMs: 10, deltaLength: 5 });
const first = 'Where do you run?';

describe('in a browser’s worker, as on vscode.dev', () => {
  const session = useSession({
    inWorker: true,
    withKey: false,
    userSettings: { 'claudeStream.maxRetries': 0 },
  });

  async function panel(): Promise<PanelPage> {
    return new PanelPage(await session().workbench.panelFrame());
  }

  /** Another conversation comes in a new page: what is looked at after this isn't the old one. */
  async function losePage(action: () => Promise<void>): Promise<void> {
    const { frame } = await panel();
    const gone = frame.page().waitForEvent('framedetached', (detached) => detached === frame);
    await Promise.all([gone, action()]);
  }

  it('sets an API key', async () => {
    const { workbench, simulator } = session();
    await setApiKey(workbench);
    assert.equal(simulator.requests.at(-1)?.path, '/v1/models');
  });

  it('asks with that key, from the window’s own page and not from a machine', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('In your browser.'));
    const panel = await askInPanel(workbench, first, askByHand);
    await panel.waitForOutcome('complete');
    assert.equal(await panel.text(), 'In your browser.');
    const { headers } = simulator.messages.at(-1) ?? assert.fail('nothing was asked');
    assert.equal(headers.authorization, `Bearer ${canaryKey}`);
    assert.equal(headers['anthropic-dangerous-direct-browser-access'], 'true');
    // No Node says any of these; a browser says them by itself.
    assert.equal(headers.origin, new URL(workbench.page.url()).origin);
    assert.match(String(headers['user-agent']), /Chrome/);
    assert.equal(headers['x-stainless-runtime'], 'browser:chrome');
  });

  it('explains a selection, and shows the text while it streams', async () => {
    const { workbench, simulator } = session();
    const gate = new Gate();
    simulator.answer(say(sampleReply, { gate, holdAfter: 300, outputTokens: 356 }));
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
    await workbench.contextMenu('Explain with Claude');
    const page = await panel();
    await page.waitForText('exponential backoff');
    await page.waitForOutcome('streaming');
    assert.ok(!(await page.text()).includes('Worth knowing'), 'the end is not there yet');
    gate.open();
    await page.waitForOutcome('complete');
    const { shown, right } = await page.compareWith(sampleReply);
    assert.deepEqual(shown, right);
    const question = String(simulator.messages.at(-1)?.body?.messages.at(-1)?.content);
    assert.match(question, /<selection file="retry\.ts" language="typescript" lines="4-15">/);
  });

  it('counts it in the status bar', async () => {
    const item = session().workbench.statusBarItem('claudeStream.usage');
    assert.match(await item.text(), /\d+ in · 356 out/);
    const tooltip = await item.tooltip();
    assert.match(tooltip, /Today\s+Replies\s+2\b/);
  });

  it('stops, and the API sees the connection close', async () => {
    const { workbench, simulator } = session();
    simulator.answer(endless);
    const asked = simulator.nextMessage();
    const page = await askInPanel(workbench, 'Tell me everything');
    const { ended } = await asked;
    await page.waitForText('word word word');
    await workbench.runCommand('Claude: Stop');
    assert.equal(await ended, 'closed-by-client');
    await page.waitForOutcome('stopped');
  });

  it('writes into a new document', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say(sampleReply, { deltaLength: 3 }));
    await workbench.openFile('retry.ts');
    await askByHand(workbench, 'Write it down', 'Claude: Ask into New Document…');
    await waitForEditorText(workbench, 'exponential backoff');
    await waitUntilWritten(workbench);
    await showUntitled(workbench);
    assert.equal(await workbench.copyEditorText(), sampleReply);
    await closeUntitled(workbench);
  });

  it('lists the models of the key', async () => {
    const { workbench } = session();
    await workbench.runCommandAndFocus('Claude: Choose Model…', 'Claude Opus 5.5');
    await workbench.quickInput.cancel();
  });

  it('keeps conversations, lists them, and opens one again', async () => {
    const { workbench } = session();
    // The file that was opened last covers it where there is one column.
    await workbench.page.locator('.tab', { hasText: 'Where do you run?' }).click();
    await losePage(() => workbench.runCommand('Claude: New Conversation'));
    assert.equal(await (await panel()).replies(), 0);
    await workbench.runCommandAndFocus('Claude: Show Conversations…', first);
    await losePage(() => workbench.quickInput.accept());
    const { frame: page } = await panel();
    await page.locator('[data-reply]').nth(2).waitFor();
    await page.getByText('In your browser.').waitFor();
  });

  it('checks the connection as far as a browser can', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('1 2 3'));
    await workbench.runCommand('Claude: Check Connection');
    await workbench.clickDialogButton('Stream a Test Reply');
    await workbench.waitForActiveTab('Claude Connection.md');
    await workbench.clickNotificationButton('Copy Report');
    const report = await clipboard(workbench);
    const said = report.split('\n').filter((line) => line.startsWith('##'));
    assert.deepEqual(
      said.map((line) => line.replace(/ · .*/, '')),
      [
        '## ✓ Settings',
        '## ✓ Key and secrets',
        '## ✓ Proxy',
        '## – Name (DNS)',
        '## – Connection (TCP)',
        '## – Certificate (TLS)',
        '## ✓ Answer (HTTP)',
        '## – Clock',
        '## ✓ Key accepted',
        '## ✓ Model',
        '## ✓ Streaming',
      ],
      report,
    );
    await workbench.closeActiveTab();
  });

  it('says so where the organization lets no browser in', async () => {
    const { workbench, simulator } = session();
    simulator.allowBrowsers(false);
    const page = await askInPanel(workbench, 'May I?');
    await page.waitForOutcome('broken');
    assert.equal(await page.failure(), 'browser-refused');
    const sentence = await page.endSentence();
    assert.match(sentence, /“CORS requests are not allowed for this Organization/);
    assert.match(sentence, /your organization allows no browsers: use VS Code on the desktop/);
    simulator.allowBrowsers(true);
  });

  it('follows no redirect, not even one that would let it read the answer', async () => {
    const { workbench, simulator } = session();
    await using elsewhere = await startSpy();
    simulator.answer(redirectTo(307, `${elsewhere.url}/v1/messages`));
    const page = await askInPanel(workbench, 'Where to?');
    await page.waitForOutcome('broken');
    assert.equal(await page.failure(), 'not-found');
    assert.deepEqual([elsewhere.connections, elsewhere.bytes], [0, 0]);
  });

  it('comes back after a reload', async () => {
    const { workbench } = session();
    await workbench.reload();
    const page = await panel();
    await page.frame.getByText('In your browser.').waitFor();
  });
});

describe('in a browser’s worker, where nothing answers', () => {
  const session = useSession({
    inWorker: true,
    withKey: false,
    baseUrl: 'http://127.0.0.1:9',
    userSettings: { 'claudeStream.maxRetries': 0 },
  });

  it('says what a browser knows of it', async () => {
    const { workbench } = session();
    await workbench.runCommand('Claude: Set API Key…');
    await workbench.quickInput.type(canaryKey);
    await workbench.quickInput.accept();
    await workbench.quickInput.waitForMessage('The browser got no answer, and does not say why.');
    await workbench.quickInput.accept();
    await workbench.quickInput.waitUntilClosed();
    const page = await askInPanel(workbench, 'Is anyone there?');
    await page.waitForOutcome('broken');
    assert.equal(await page.failure(), 'browser-blocked');
    assert.match(await page.endSentence(), /allow requests from browsers \(CORS\)/);
  });
});
