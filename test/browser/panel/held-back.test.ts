import assert from 'node:assert/strict';
import type { PanelPage } from './panel-page.ts';
import { usePanelPages } from './use-browser.ts';

const asked = ({ received }: PanelPage) =>
  received.flatMap((message) => (message.type === 'ask' ? [message] : []));
const edited = ({ received }: PanelPage) =>
  received.flatMap((message) => (message.type === 'edit' ? [message] : []));

describe('a question that wasn’t accepted yet', () => {
  const open = usePanelPages();

  it('stays in the composer until it is, and isn’t sent twice', async () => {
    const panel = await open();
    panel.accepts = null;
    const box = panel.page.locator('[data-composer]');
    const send = panel.page.getByRole('button', { name: 'Send' });
    await box.fill('What is this?');
    await box.press('Enter');
    await box.press('Enter');
    await panel.settled();
    const [{ askId } = { askId: '' }, ...others] = asked(panel);
    assert.deepEqual(others, []);
    assert.equal(await box.inputValue(), 'What is this?');
    assert.equal(await send.isEnabled(), false);
    panel.post({ type: 'ask-result', askId, accepted: true });
    await panel.settled();
    assert.equal(await box.inputValue(), '');
  });

  it('stays there where it is refused, and can be sent again', async () => {
    const panel = await open();
    panel.accepts = false;
    const box = panel.page.locator('[data-composer]');
    await box.fill('What is this?');
    await box.press('Enter');
    await panel.settled();
    assert.equal(await box.inputValue(), 'What is this?');
    assert.ok(await panel.page.getByRole('button', { name: 'Send' }).isEnabled());
    await box.press('Enter');
    await panel.settled();
    assert.equal(asked(panel).length, 2);
  });

  it('leaves the words that were written since', async () => {
    const panel = await open();
    panel.accepts = null;
    const box = panel.page.locator('[data-composer]');
    await box.fill('What is this?');
    await box.press('Enter');
    await box.pressSequentially(' And that?');
    const [{ askId } = { askId: '' }] = asked(panel);
    panel.post({ type: 'ask-result', askId, accepted: true });
    await panel.settled();
    assert.equal(await box.inputValue(), ' And that?');
  });

  it('is cleared when the page comes back and hears that it was accepted', async () => {
    const panel = await open();
    panel.accepts = null;
    const box = panel.page.locator('[data-composer]');
    await box.fill('What is this?');
    await box.press('Enter');
    await panel.settled();
    const [{ askId } = { askId: '' }] = asked(panel);
    await panel.hide();
    await panel.show();
    assert.equal(await box.inputValue(), 'What is this?');
    panel.post({ type: 'ask-result', askId, accepted: true });
    await panel.settled();
    assert.equal(await box.inputValue(), '');
  });

  it('stands in the composer again when it leaves the queue, below what is written', async () => {
    const panel = await open();
    const box = panel.page.locator('[data-composer]');
    panel.post({ type: 'not-sent', text: 'One?', reason: 'Not sent: the reply failed.' });
    await panel.settled();
    assert.equal(await box.inputValue(), 'One?');
    const reason = panel.page.getByRole('status').getByText('Not sent: the reply failed.');
    assert.ok(await reason.isVisible());
    panel.post({ type: 'not-sent', text: 'Two?', reason: null });
    await panel.settled();
    assert.equal(await box.inputValue(), 'One?\n\nTwo?');
    await box.pressSequentially(' ');
    assert.equal(await reason.count(), 0);
  });
});

describe('Enter while a reply streams', () => {
  const open = usePanelPages();

  it('sends the question to be queued; each is a chip that can be taken back', async () => {
    const panel = await open();
    panel.ask('Long?');
    await panel.settled();
    const box = panel.page.locator('[data-composer]');
    await box.fill('And then?');
    assert.ok(await panel.page.getByRole('button', { name: 'Send' }).isEnabled());
    await box.press('Enter');
    await panel.settled();
    assert.deepEqual(
      asked(panel).map(({ text }) => text),
      ['And then?'],
    );
    const questions = ['one', 'two', 'three'].map((text) => ({ askId: text, text }));
    panel.post({ type: 'queue', session: 's', questions });
    await panel.settled();
    assert.ok(await panel.page.getByText('Sent when the reply ends:').isVisible());
    await panel.page.getByRole('button', { name: 'Take back “two”' }).click();
    assert.deepEqual(panel.received.at(-1), { type: 'unqueue', askId: 'two' });
    panel.post({ type: 'queue', session: 's', questions: [] });
    await panel.settled();
    assert.equal(await panel.page.getByText('Sent when the reply ends:').count(), 0);
  });

  it('gives the words back where the host has forgotten them', async () => {
    const panel = await open();
    const questions = [{ askId: '1', text: 'And then?' }];
    panel.post({ type: 'queue', session: 's', questions });
    await panel.settled();
    await panel.hide();
    await panel.show();
    const box = panel.page.locator('[data-composer]');
    panel.post({ type: 'queue', session: 's', questions: [] });
    await panel.settled();
    assert.equal(await box.inputValue(), '', 'it was sent meanwhile');
    panel.post({ type: 'queue', session: 's', questions });
    panel.post({ type: 'queue', session: 'another', questions: [] });
    await panel.settled();
    assert.equal(await box.inputValue(), 'And then?');
  });
});

describe('Esc right after Enter', () => {
  const open = usePanelPages();

  it('stops the reply as soon as it begins', async () => {
    const panel = await open();
    panel.accepts = null;
    const box = panel.page.locator('[data-composer]');
    await box.fill('Why?');
    await box.press('Enter');
    await box.press('Escape');
    const { reply } = panel.ask('Why?');
    await panel.settled();
    assert.deepEqual(panel.received.at(-1), { type: 'stop', replyId: reply.id });
  });

  it('stops nothing later where the question was refused', async () => {
    const panel = await open();
    panel.accepts = null;
    const box = panel.page.locator('[data-composer]');
    await box.fill('Why?');
    await box.press('Enter');
    await box.press('Escape');
    const [{ askId } = { askId: '' }] = asked(panel);
    panel.post({ type: 'ask-result', askId, accepted: false });
    panel.ask('Another');
    await panel.settled();
    assert.ok(!panel.received.some(({ type }) => type === 'stop'));
  });
});

describe('an edited question', () => {
  const open = usePanelPages();

  it('keeps its words where it is refused, and through a new state', async () => {
    const panel = await open();
    panel.accepts = false;
    const { page } = panel;
    const turn = panel.ask('Why?');
    panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
    await panel.settled();
    await page.locator('[data-action=edit]').click();
    const box = page.locator('.question-edit textarea');
    await box.fill('Why not?');
    await box.press('Enter');
    await panel.settled();
    assert.equal(edited(panel).length, 1);
    assert.equal(await box.inputValue(), 'Why not?');
    await box.press('ArrowLeft');
    panel.connect();
    await panel.settled();
    assert.equal(await box.inputValue(), 'Why not?');
    assert.equal(
      await box.evaluate((it: HTMLTextAreaElement) => it.matches(':focus') && it.selectionStart),
      7,
    );
    await panel.hide();
    await panel.show();
    assert.equal(await box.inputValue(), 'Why not?');
    panel.accepts = true;
    await box.press('Enter');
    await panel.settled();
    assert.equal(await box.count(), 0);
    panel.connect();
    await panel.settled();
    assert.equal(await box.count(), 0);
  });
});
