import assert from 'node:assert/strict';
import { canaryKey } from '../fakes/canary-key.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { rejectedKey } from '../fakes/messages-api/simulator.ts';
import { ask } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

describe('without an API key', () => {
  const session = useSession({ withKey: false, script: say('With a key.') });

  it('the first command offers to set one, and sends nothing when the user thinks better of it', async () => {
    const { workbench, simulator } = session();
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
    await workbench.contextMenu('Explain with Claude');
    const { title, password } = await workbench.quickInput.read();
    assert.equal(title, 'Anthropic API Key');
    assert.ok(password, 'the key is shown as dots');
    await workbench.quickInput.cancel();
    assert.equal(simulator.requests.length, 0);
    assert.deepEqual(await workbench.notifications(), []);
  });

  const illegal: readonly [name: string, key: string][] = [
    ['spaces inside', `${canaryKey} two`],
    ['non-ASCII characters', `${canaryKey}-ключ`],
  ];
  for (const [name, key] of illegal) {
    it(`refuses a key with ${name} before it is sent anywhere`, async () => {
      const { workbench, simulator } = session();
      await workbench.runCommand('Claude: Set API Key…');
      await workbench.quickInput.type(key);
      await workbench.quickInput.accept();
      await workbench.quickInput.waitForMessage('no spaces, line breaks or accented characters');
      assert.equal((await workbench.quickInput.read()).severity, 'error');
      assert.equal(simulator.requests.length, 0);
      await workbench.quickInput.cancel();
    });
  }

  it('says in the same box that the API does not accept a key', async () => {
    const { workbench, simulator } = session();
    await workbench.runCommand('Claude: Set API Key…');
    await workbench.quickInput.type(rejectedKey);
    await workbench.quickInput.accept();
    await workbench.quickInput.waitForMessage('does not accept this key');
    assert.deepEqual(
      simulator.requests.map(({ method, path }) => `${method} ${path}`),
      ['GET /v1/models'],
    );
    await workbench.quickInput.cancel();
  });

  it('sets a key with white space around it, and then goes on with the command', async () => {
    const { workbench, simulator } = session();
    const asked = simulator.nextMessage();
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
    await workbench.contextMenu('Explain with Claude');
    await workbench.quickInput.type(`  ${canaryKey} `);
    await workbench.quickInput.accept();
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForText('With a key.');
    assert.equal((await asked).headers.authorization, `Bearer ${canaryKey}`);
  });

  it('asks again once the key is cleared', async () => {
    const { workbench } = session();
    await workbench.runCommand('Claude: Clear API Key');
    await workbench.page.locator('.statusbar').getByText('The stored API key is gone.').waitFor();
    await workbench.runCommand('Claude: Ask…');
    assert.equal((await workbench.quickInput.read()).title, 'Anthropic API Key');
    await workbench.quickInput.cancel();
  });
});

describe('with an unreachable base URL', () => {
  const session = useSession({
    withKey: false,
    baseUrl: 'http://127.0.0.1:9',
    userSettings: { 'claudeStream.maxRetries': 0 },
  });

  it('keeps an unchecked key if the user insists, and then says that nothing answers', async () => {
    const { workbench } = session();
    await workbench.runCommand('Claude: Set API Key…');
    await workbench.quickInput.type(canaryKey);
    await workbench.quickInput.accept();
    await workbench.quickInput.waitForMessage('Press Enter to keep the key unchecked');
    assert.equal((await workbench.quickInput.read()).severity, 'warning');
    await workbench.quickInput.accept();
    await workbench.quickInput.waitUntilClosed();

    await ask(workbench, 'Is anyone there?');
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForOutcome('broken');
    assert.equal(await panel.failure(), 'network');
    assert.match(await panel.endSentence(), /^The connection failed/);
    assert.deepEqual(await panel.actions(), ['retry']);
  });
});
