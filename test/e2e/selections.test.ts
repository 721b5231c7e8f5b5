import assert from 'node:assert/strict';
import { say } from '../fakes/messages-api/scripts.ts';
import { ask, askInPanel } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const fiveMegabytes = 'a line of thirty-two characters.\n'.repeat(151_516);
/** VS Code takes a file for binary by its first bytes alone: this one opens as text. */
const binary = `${'text '.repeat(400)}\0\0\0 and what is not text`;

describe('selections that need care', () => {
  const session = useSession({
    script: say('An answer.'),
    files: { 'big.txt': fiveMegabytes, 'binary.txt': binary, 'empty.txt': '' },
  });

  it('goes without a selection where there is no editor', async () => {
    const { workbench, simulator } = session();
    const panel = await askInPanel(workbench, 'Why?');
    await panel.waitForText('An answer.');
    assert.equal(simulator.messages.at(-1)?.body?.messages.at(-1)?.content, 'Why?');
  });

  it('goes without a selection in an empty file', async () => {
    const { workbench, simulator } = session();
    const asked = simulator.nextMessage();
    await workbench.openFile('empty.txt');
    await ask(workbench, 'What could be in here?');
    assert.equal((await asked).body?.messages.at(-1)?.content, 'What could be in here?');
  });

  it('says what goes along before the question is typed', async () => {
    const { workbench } = session();
    await workbench.openFile('big.txt');
    await workbench.select({ from: { line: 2, column: 1 }, to: { line: 4, column: 5 } });
    await workbench.runCommand('Claude: Ask…');
    await workbench.quickInput.waitForMessage('With big.txt:2–4');
    await workbench.quickInput.cancel();
  });

  it('asks before it sends 5 MB, says how much it is, and sends nothing unless told to', async () => {
    const { workbench, simulator } = session();
    const before = simulator.messages.length;
    await workbench.openFile('big.txt');
    await workbench.press('Control+A');
    await workbench.runCommand('Claude: Explain Selection');
    const { message, detail, buttons } = await workbench.dialog();
    assert.equal(message, 'Send 5.0 MB?');
    assert.match(detail, /about 1\.4M tokens/);
    assert.match(detail, /\d\d B of that is from earlier in this conversation/);
    assert.ok(buttons.includes('Send It'));
    await workbench.clickDialogButton('Cancel');
    assert.equal(simulator.messages.length, before);
  });

  it('sends all of the 5 MB when told to', async () => {
    const { workbench, simulator } = session();
    const asked = simulator.nextMessage();
    await workbench.runCommand('Claude: Explain Selection');
    await workbench.dialog();
    await workbench.clickDialogButton('Send It');
    const { body } = await asked;
    assert.ok(String(body?.messages.at(-1)?.content).includes(fiveMegabytes));
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForOutcome('complete');
  });

  it('asks again before a follow-up sends it once more', async () => {
    const { workbench, simulator } = session();
    const before = simulator.messages.length;
    await ask(workbench, 'And in short?');
    assert.match((await workbench.dialog()).detail, /5\.0 MB of that is from earlier/);
    await workbench.clickDialogButton('Cancel');
    assert.equal(simulator.messages.length, before);
  });

  it('sends no binary data', async () => {
    const { workbench, simulator } = session();
    const before = simulator.messages.length;
    await workbench.openFile('binary.txt');
    await workbench.press('Control+A');
    await workbench.runCommand('Claude: Explain Selection');
    await workbench.waitForNotification('binary.txt:1 looks like binary data');
    assert.equal(simulator.messages.length, before);
  });
});
