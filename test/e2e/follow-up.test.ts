import assert from 'node:assert/strict';
import { say } from '../fakes/messages-api/scripts.ts';
import type { MessageBody } from '../fakes/messages-api/wire.ts';
import { askInPanel } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

/** Long enough for the prompt cache, which takes no short ones. */
const longReply = `The loop waits. ${'It waits longer after each failure. '.repeat(150)}`;

describe('Follow-ups', () => {
  const session = useSession();

  const panelPage = async (): Promise<PanelPage> =>
    new PanelPage(await session().workbench.panelFrame());

  const wordsOf = (body: MessageBody | null | undefined): readonly string[] =>
    (body?.messages ?? []).map(({ role, content }) => `${role}: ${content}`);

  it('send the conversation again, and ask to have it cached', async () => {
    const { workbench, simulator } = session();
    await workbench.openFile('retry.ts');
    simulator.answer(say(longReply));
    const panel = await askInPanel(workbench, 'What does it wait for?');
    await panel.waitForOutcome('complete');

    simulator.answer(say('Because it backs off.'));
    const asked = simulator.nextMessage();
    await panel.followUp('Why longer?');
    await panel.waitForOutcome('complete');
    const { body } = await asked;
    assert.deepEqual(wordsOf(body), [
      'user: What does it wait for?',
      `assistant: ${longReply}`,
      'user: Why longer?',
    ]);
    assert.deepEqual(body?.cache_control, { type: 'ephemeral' });
    assert.equal(await panel.text(), 'Because it backs off.');
    assert.equal(await panel.replies(), 2);
  });

  it('show in their receipts what came from the cache', async () => {
    const { simulator } = session();
    const panel = await panelPage();
    simulator.answer(say('For ever.'));
    await panel.followUp('For how long?');
    await panel.waitForOutcome('complete');
    assert.match(await panel.receipt(), /Read from cache[\d,]+ tokens/);
  });

  it('bring the earlier questions back by Up, and the draft by Down', async () => {
    const panel = await panelPage();
    await panel.composer.fill('half a ques');
    await panel.composer.press('Home');
    await panel.composer.press('ArrowUp');
    assert.equal(await panel.composer.inputValue(), 'For how long?');
    await panel.composer.press('ArrowUp');
    assert.equal(await panel.composer.inputValue(), 'Why longer?');
    await panel.composer.press('End');
    await panel.composer.press('ArrowDown');
    await panel.composer.press('ArrowDown');
    assert.equal(await panel.composer.inputValue(), 'half a ques');
    await panel.composer.fill('');
  });

  it('break the line by Shift+Enter', async () => {
    const { simulator } = session();
    const panel = await panelPage();
    await panel.composer.fill('one');
    await panel.composer.press('Shift+Enter');
    await panel.composer.pressSequentially('two');
    const asked = simulator.nextMessage();
    await panel.composer.press('Enter');
    assert.equal((await asked).body?.messages.at(-1)?.content, 'one\ntwo');
    await panel.waitForOutcome('complete');
  });

  it('take along what is selected, as a chip that can be removed', async () => {
    const { workbench, simulator } = session();
    await workbench.press('Control+1');
    await workbench.select({ from: { line: 4, column: 1 }, to: { line: 6, column: 2 } });
    const panel = await panelPage();
    const chip = panel.frame.locator('.chip');
    await panel.frame.locator('[data-action=attach]').click();
    await chip.filter({ hasText: 'retry.ts:4–6' }).waitFor();
    await panel.frame.locator('[data-action=detach]').click();
    await chip.waitFor({ state: 'hidden' });
    await panel.frame.locator('[data-action=attach]').click();
    await chip.waitFor();
    const asked = simulator.nextMessage();
    await panel.followUp('And this?');
    assert.match(
      String((await asked).body?.messages.at(-1)?.content),
      /<selection file="retry\.ts"/,
    );
    await chip.waitFor({ state: 'hidden' });
    await panel.waitForOutcome('complete');
  });

  it('wait for the reply that streams', async () => {
    const { simulator } = session();
    const panel = await panelPage();
    simulator.answer(say('word '.repeat(1000), { paceMs: 20 }));
    await panel.followUp('Take your time');
    await panel.waitForText('word word');
    const before = simulator.messages.length;
    await panel.composer.fill('Hurry');
    await panel.composer.press('Enter');
    await panel.frame.locator('.chip', { hasText: 'Hurry' }).waitFor();
    assert.equal(await panel.composer.inputValue(), '');
    await panel.composer.press('Escape');
    await panel.waitForOutcome('stopped');
    await panel.frame.getByText('Not sent: you stopped the reply.').waitFor();
    assert.equal(await panel.composer.inputValue(), 'Hurry');
    assert.equal(simulator.messages.length, before);
  });

  it('are kept as drafts while the panel is away', async () => {
    const { workbench } = session();
    const panel = await panelPage();
    await panel.composer.fill('Not sent yet');
    // Kept a moment later.
    await panel.frame.waitForTimeout(400);
    await workbench.runCommand('Developer: Reload Webviews');
    const again = await panelPage();
    await again.composer.waitFor();
    assert.equal(await again.composer.inputValue(), 'Not sent yet');
    await again.composer.fill('');
  });
});

describe('A question asked again', () => {
  const session = useSession();

  it('in other words begins a branch, and the old one stays reachable', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('First answer.'));
    const panel = await askInPanel(workbench, 'First question');
    await panel.waitForOutcome('complete');
    simulator.answer(say('Second answer.'));
    await panel.followUp('Second question');
    await panel.waitForOutcome('complete');

    simulator.answer(say('Better answer.'));
    const asked = simulator.nextMessage();
    await panel.frame.locator('[data-action=edit]').first().click();
    const box = panel.frame.locator('.question-edit textarea');
    assert.equal(await box.inputValue(), 'First question');
    await box.fill('Better question');
    await box.press('Enter');
    assert.deepEqual((await asked).body?.messages, [{ role: 'user', content: 'Better question' }]);
    await panel.frame.locator('.branch-number', { hasText: '2/2' }).waitFor();
    await panel.waitForOutcome('complete');
    assert.equal(await panel.replies(), 1);
    assert.equal(await panel.text(), 'Better answer.');

    await panel.frame.locator('[data-action=branch-previous]').click();
    await panel.frame.locator('.branch-number', { hasText: '1/2' }).waitFor();
    assert.equal(await panel.replies(), 2);
    assert.equal(await panel.text(), 'Second answer.');
  });

  it('of another model stands beside the first', async () => {
    const { workbench, simulator } = session();
    const panel = new PanelPage(await workbench.panelFrame());
    simulator.answer(say('From another model.'));
    const asked = simulator.nextMessage();
    await panel.press('retry-with');
    await workbench.quickInput.type('claude-opus-5-5');
    await workbench.quickInput.accept();
    const { body } = await asked;
    assert.equal(body?.model, 'claude-opus-5-5');
    assert.deepEqual(
      body.messages.map(({ content }) => content),
      ['First question', 'First answer.', 'Second question'],
    );
    await panel.frame.locator('.branch-number', { hasText: '2/2' }).waitFor();
    await panel.waitForOutcome('complete');
    assert.match(await panel.receipt(), /^claude-opus-5-5/);
  });
});
