import assert from 'node:assert/strict';
import { secretPlaceholder } from '../../src/core/claude/extra-headers.ts';
import { canaryKey, canaryOfHeaders } from '../fakes/canary-key.ts';
import { fail, page, say } from '../fakes/messages-api/scripts.ts';
import type { ReceivedRequest } from '../fakes/messages-api/simulator.ts';
import { ask, askInPanel, clipboard, waitForEditorText } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const numbers = Array.from({ length: 60 }, (_, index) => index + 1).join(' ');

describe('through a gateway', () => {
  const session = useSession({
    script: say(numbers, { deltaLength: 4, paceMs: 30 }),
    userSettings: {
      'claudeStream.authorization': 'x-api-key',
      'claudeStream.headers': {
        'X-Team': 'blue',
        'x-gateway': `Token ${secretPlaceholder('gateway')}`,
      },
    },
  });

  function assertHeaders({ headers }: ReceivedRequest): void {
    assert.equal(headers['x-api-key'], canaryKey);
    assert.equal(headers.authorization, undefined);
    assert.equal(headers['x-team'], 'blue');
    assert.equal(headers['x-gateway'], `Token ${canaryOfHeaders}`);
  }

  async function boxWithTitle(title: string): Promise<void> {
    const titles = session().workbench.page.locator('.quick-input-title', { hasText: title });
    await titles.filter({ visible: true }).waitFor();
  }

  it('sends nothing before the secret that a header names is there', async () => {
    const { workbench, simulator } = session();
    await workbench.runCommand('Claude: Ask…');
    const { title, password } = await workbench.quickInput.read();
    assert.equal(title, 'Secret “gateway” for the Request Headers');
    assert.ok(password, 'the secret is shown as dots');
    await workbench.quickInput.cancel();
    assert.equal(simulator.requests.length, 0);
  });

  it('asks for the secret once, and sends it with the key where the gateway wants it', async () => {
    const { workbench, simulator } = session();
    await workbench.runCommand('Claude: Ask…');
    await boxWithTitle('Secret “gateway”');
    await workbench.quickInput.type(canaryOfHeaders);
    await workbench.quickInput.accept();
    await boxWithTitle('Ask Claude');
    await workbench.quickInput.type('Who is there?');
    await workbench.quickInput.accept();
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForOutcome('complete');
    assert.ok(simulator.messages.length === 1);
    for (const request of simulator.requests) assertHeaders(request);
  });

  it('opens the connection while the question is typed, and asks over that one', async () => {
    const { workbench, simulator } = session();
    const before = simulator.requests.length;
    await workbench.runCommand('Claude: Ask…');
    await boxWithTitle('Ask Claude');
    const deadline = Date.now() + 15_000;
    while (simulator.requests.length === before && Date.now() < deadline) {
      await workbench.page.waitForTimeout(20);
    }
    const [opening] = simulator.requests.slice(before);
    assert.equal(`${opening?.method} ${opening?.path}`, 'GET /v1/models');
    assert.equal(opening?.body, null);
    await opening?.ended;
    await workbench.quickInput.type('Over which?');
    const asked = simulator.nextMessage();
    await workbench.quickInput.accept();
    const { port } = await asked;
    const earlier = simulator.requests.slice(before, -1).map((request) => request.port);
    assert.ok(earlier.includes(port), `${port} is none of ${earlier.join()}`);
  });

  it('checks the connection, after asking whether it may cost, and copies the report', async () => {
    const { workbench, traces } = session();
    await workbench.runCommand('Claude: Check Connection');
    const { detail } = await workbench.dialog();
    assert.match(detail, /^A reply of at most 300 tokens is asked for: \$0\.0\d+ at the most\.$/);
    await workbench.clickDialogButton('Stream a Test Reply');
    await workbench.waitForActiveTab('Claude Connection.md');
    await waitForEditorText(workbench, 'Claude Stream: Connection');
    await workbench.clickNotificationButton('Copy Report');
    const report = await clipboard(workbench);
    const said = report.split('\n').filter((line) => /^(##|\*\*)/.test(line));
    assert.deepEqual(
      said.map((line) => line.replace(/ · .*/, '')),
      [
        '**What was looked at works.**',
        '## ✓ Settings',
        '## ✓ Key and secrets',
        '## ✓ Proxy',
        '## ✓ Name (DNS)',
        '## ✓ Connection (TCP)',
        '## – Certificate (TLS)',
        '## ✓ Answer (HTTP)',
        '## ✓ Clock',
        '## ✓ Key accepted',
        '## ✓ Model',
        '## ✓ Streaming',
      ],
      report,
    );
    assert.match(report, /“X-Api-Key”\. Extra headers: x-team, x-gateway\./);
    traces.lookAt('clipboard', report);
    await workbench.closeActiveTab();
  });

  it('names the hop that fails and what helps', async () => {
    const { workbench, simulator } = session();
    simulator.answer(page('text/html', '<p>Sign in'));
    await workbench.runCommand('Claude: Check Connection');
    await workbench.clickDialogButton('Stream a Test Reply');
    await workbench.waitForNotification('Failed at “Streaming”.');
    await workbench.waitForActiveTab('Claude Connection.md');
    await workbench.closeActiveTab();
    await workbench.clickNotificationButton('Copy Report');
  });

  it('shows nothing of what a gateway says back', async () => {
    const { workbench, simulator } = session();
    const said = `key ${canaryKey}, token ${canaryOfHeaders}`;
    simulator.answer(fail(400, 'invalid_request_error', said));
    const panel = await askInPanel(workbench, 'What have I told you?');
    await panel.waitForOutcome('broken');
    assert.match(await panel.endSentence(), /key \[API key\], token \[secret\]/);
    simulator.answer(page(`text/${canaryOfHeaders}`, said));
    await ask(workbench, 'And now?');
    await panel.frame.locator('[data-failure="not-a-stream"]').waitFor();
  });

  it('sets another secret, and removes it', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('Hello.'));
    await workbench.runCommandAndChoose('Claude: Set Header Secret…', 'Remove “gateway”');
    await workbench.runCommandAndChoose('Claude: Set Header Secret…', 'gateway');
    await boxWithTitle('Secret “gateway”');
    await workbench.quickInput.type(canaryOfHeaders);
    await workbench.quickInput.accept();
    await workbench.quickInput.waitUntilClosed();
    const asked = simulator.nextMessage();
    await ask(workbench, 'Still there?');
    assertHeaders(await asked);
  });
});
