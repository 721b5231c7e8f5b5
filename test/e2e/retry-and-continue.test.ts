import assert from 'node:assert/strict';
import { fail, Gate, say, sayThen } from '../fakes/messages-api/scripts.ts';
import { askInPanel, clipboard } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const busy = fail(529, 'overloaded_error', 'Overloaded', { 'retry-after': '40' });

describe('Retry', () => {
  const session = useSession();

  it('shows why it waits, which try comes next, and a countdown that counts', async () => {
    const { workbench, simulator } = session();
    simulator.answer(busy);
    const askedAt = performance.now();
    const panel = await askInPanel(workbench, 'Are you there?');
    await panel.waitForStatus('The API is overloaded (529). Retry 1 of 2. In ');
    const seconds = Number(/In (\d+) s…$/.exec(await panel.status())?.[1]);
    // What the server wants is 40 s; how long the panel took to be there is off it.
    const gone = Math.ceil((performance.now() - askedAt) / 1000);
    assert.ok(seconds >= 40 - gone && seconds <= 40, `${seconds} s, ${gone} s after the question`);
    await panel.waitForStatus(`In ${seconds - 1} s…`);
    await panel.waitForStatus(`In ${seconds - 2} s…`);
  });

  it('goes on at once by Retry Now', async () => {
    const { workbench, simulator } = session();
    const panel = new PanelPage(await workbench.panelFrame());
    const before = simulator.messages.length;
    simulator.answer(say('Here I am.'));
    await panel.press('retry-now');
    await panel.waitForOutcome('complete');
    assert.equal(await panel.text(), 'Here I am.');
    assert.equal(simulator.messages.length, before + 1);
    assert.equal(await panel.replies(), 1);
  });

  it('is stopped in the wait', async () => {
    const { workbench, simulator } = session();
    simulator.answer(busy);
    const panel = await askInPanel(workbench, 'And now?');
    await panel.waitForStatus('Retry 1 of 2');
    const before = simulator.messages.length;
    await panel.press('stop');
    await panel.waitForOutcome('stopped');
    assert.equal(simulator.messages.length, before);
  });

  it('is the same after the panel was hidden in the wait', async () => {
    const { workbench, simulator } = session();
    simulator.answer(busy);
    const panel = await askInPanel(workbench, 'Once more?');
    await panel.waitForStatus('Retry 1 of 2');
    await panel.frame.locator('body').click();
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.closeActiveTab();
    const again = new PanelPage(await workbench.panelFrame());
    await again.waitForStatus('Retry 1 of 2');
    await again.press('stop');
    await again.waitForOutcome('stopped');
  });
});

describe('Continue', () => {
  const session = useSession();
  const first = 'The loop:\n\n```ts\nfor (let attempt = 1; ; att';
  const rest = 'empt++) {\n```\n\nThat is all.\n';

  it('goes on from the exact end of a reply that broke off', async () => {
    const { workbench, simulator } = session();
    simulator.answer(sayThen(first, 'close'));
    const panel = await askInPanel(workbench, 'Show me the loop');
    await panel.waitForOutcome('broken');
    assert.deepEqual(await panel.actions(), ['continue', 'retry', 'copy']);

    await panel.waitForReceipt('counted from the text that arrived');
    simulator.answer(say(rest, { outputTokens: 20 }));
    const asked = simulator.nextMessage();
    await panel.press('continue');
    await panel.waitForOutcome('complete');
    const { shown, right } = await panel.compareWith(first + rest);
    assert.deepEqual(shown, right);
    assert.equal(await panel.replies(), 1);
    assert.equal(await panel.failure(), null);

    const [question, soFar, instruction] = (await asked).body?.messages ?? [];
    assert.equal(question?.content, 'Show me the loop');
    assert.deepEqual(soFar, { role: 'assistant', content: first });
    assert.equal(instruction?.role, 'user');
  });

  it('adds up what both parts have cost, counted where the API has not said it', async () => {
    const { workbench, simulator } = session();
    const panel = new PanelPage(await workbench.panelFrame());
    const input = simulator.messages
      .map(({ body }) => Math.ceil(JSON.stringify(body).length / 3.6))
      .reduce((a, b) => a + b, 0);
    // The simulator counts four characters a token.
    const output = Math.ceil(first.length / 4) + 20;
    const receipt = await panel.receipt();
    assert.ok(receipt.includes(`${input} in`), `${input} in ${receipt}`);
    assert.ok(receipt.includes(`· ${output} out`), `${output} in ${receipt}`);
  });

  it('goes on after Stop, by the command, and takes out what is said again', async () => {
    const { workbench, simulator } = session();
    const text = 'It waits longer after each failure, so '.repeat(3);
    simulator.answer(say(text, { gate: new Gate(), holdAfter: 60 }));
    const panel = await askInPanel(workbench, 'How does it wait?');
    await panel.waitForText('failure, so It waits');
    await panel.press('stop');
    await panel.waitForOutcome('stopped');
    await panel.press('copy');
    await panel.frame.locator('[data-action=copy]', { hasText: 'Copied' }).waitFor();
    const soFar = await clipboard(workbench);

    simulator.answer(say(`${soFar.slice(-25)} THE END`));
    await workbench.runCommand('Claude: Continue Last Reply');
    await panel.waitForOutcome('complete');
    assert.equal(await panel.text(), `${soFar} THE END`.trim());
  });
});
