import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const answer = 'Answered by **somebody else’s** reading of the wire format:\n\n1. one\n2. two 🎉\n';

/** A free port is taken before the suite, since VS Code is started with the address. */
const mock = new LLMock({ port: 0 });
const address = { url: '' };

describe('against aimock, a fake of the API that we did not write', () => {
  before(async () => {
    mock.onMessage(/./, { content: answer });
    address.url = await mock.start();
  });
  after(async () => {
    await mock.stop();
  });
  const session = useSession({
    get baseUrl() {
      return address.url;
    },
  });

  it('streams a whole reply', async () => {
    const { workbench } = session();
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
    await workbench.runCommand('Claude: Explain Selection');
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForOutcome('complete');
    const { shown, right } = await panel.compareWith(answer);
    assert.deepEqual(shown, right);
    assert.match(await panel.receipt(), /end_turn/);
  });
});
