import assert from 'node:assert/strict';
import { usePanelPages } from './use-browser.ts';

const note = 'What you ask goes to the API.';

describe('first use', () => {
  const open = usePanelPages();

  it('teaches the keys in a panel without a question, until there is one', async () => {
    const panel = await open();
    const empty = panel.page.locator('.empty');
    const taught = await empty
      .locator('dl')
      .evaluate((list) =>
        [...list.querySelectorAll('dt')].map((term) => [
          [...term.querySelectorAll('kbd')].map(({ textContent }) => textContent).join(' '),
          term.nextElementSibling?.textContent,
        ]),
      );
    assert.deepEqual(taught, [
      ['Enter', 'sends the question that you write below'],
      ['Ctrl+K A', 'in an editor attaches what is selected there'],
      ['Ctrl+K Esc', 'stops a reply; what was written stays'],
    ]);
    panel.ask('Why?');
    await panel.settled();
    assert.equal(await empty.count(), 0);
  });

  it('says above the first question what leaves the machine, and holds nothing up', async () => {
    const panel = await open({ firstUse: note, height: 400 });
    const turn = panel.ask('Why?');
    panel.write(turn, 'Because. '.repeat(400));
    await panel.settled();
    const said = panel.page.getByRole('note');
    assert.equal(await said.innerText(), note);
    const top = await said.evaluate((element) => element.getBoundingClientRect().top);
    assert.ok(Math.round(top) >= 0, `it stands at ${top} px`);
    assert.match(await panel.page.locator('[data-reply-text]').innerText(), /^Because/);
  });

  it('gives way to the next question', async () => {
    const panel = await open({ firstUse: note, height: 400 });
    for (const question of ['One?', 'Two?']) {
      const turn = panel.ask(question);
      panel.write(turn, 'Because. '.repeat(400));
      panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
      await panel.settled();
    }
    const top = await panel.page
      .locator('[data-reply]')
      .last()
      .evaluate((element) => element.getBoundingClientRect().top);
    assert.ok(Math.abs(top) < 40, `the question stands at ${top} px`);
  });

  it('says nothing where it was said before', async () => {
    const panel = await open();
    panel.ask('Why?');
    await panel.settled();
    assert.equal(await panel.page.getByRole('note').count(), 0);
  });
});
