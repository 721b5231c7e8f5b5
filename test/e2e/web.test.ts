import assert from 'node:assert/strict';
import { canaryKey } from '../fakes/canary-key.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { askInPanel } from './looking.ts';
import { useSession } from './session.ts';

describe('in a browser’s worker', () => {
  const session = useSession({ inWorker: true, withKey: false, script: say('Hello from here.') });

  it('sets the key', async () => {
    const { workbench, simulator } = session();
    await workbench.runCommand('Claude: Set API Key…');
    await workbench.quickInput.type(canaryKey);
    await workbench.quickInput.accept();
    await workbench.quickInput.waitUntilClosed();
    console.log(simulator.requests.map(({ method, path, headers }) => [method, path, headers]));
    const panel = await askInPanel(workbench, 'Hello?');
    await panel.waitForOutcome('complete');
    assert.equal(await panel.text(), 'Hello from here.');
    console.log(
      await panel.receipt(),
      simulator.messages.map(({ headers }) => headers),
    );
  });
});
