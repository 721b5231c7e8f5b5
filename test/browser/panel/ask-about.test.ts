import assert from 'node:assert/strict';
import type { PanelPage } from './panel-page.ts';
import { usePanelPages } from './use-browser.ts';

describe('words to ask about', () => {
  const open = usePanelPages();

  async function replied(): Promise<PanelPage> {
    const panel = await open();
    for (const question of ['One?', 'Two?']) {
      const turn = panel.ask(question);
      panel.write(turn, 'First words.\n\n- then **these**\n\n```ts\nlet a;\n```\n');
      panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
    }
    await panel.settled();
    return panel;
  }

  /** Selects from the start of one element to the end of another, and asks for it as the menu does. */
  async function quoted(panel: PanelPage, from: string, to: string): Promise<string | undefined> {
    await panel.page.evaluate(
      ([start, end]) => {
        const first = document.querySelector(start);
        const last = [...document.querySelectorAll(end)].at(-1);
        if (first === null || last === undefined) throw new Error('nothing to select');
        const { firstChild } = first;
        const { lastChild } = last;
        if (firstChild === null || lastChild === null) throw new Error('no text to select');
        document
          .getSelection()
          ?.setBaseAndExtent(firstChild, 0, lastChild, lastChild.textContent?.length ?? 0);
      },
      [from, to] as const,
    );
    panel.post({ type: 'quote-selection' });
    await panel.settled();
    const sent = panel.received.findLast(({ type }) => type === 'quote');
    return sent?.type === 'quote' ? sent.text : undefined;
  }

  const first = '[data-reply]:first-child [data-reply-text]';
  const cases: readonly [name: string, from: string, to: string, text: string][] = [
    ['words of one paragraph', `${first} p`, `${first} p`, 'First words.'],
    ['words over several blocks', `${first} p`, `${first} li strong`, 'First words.\n\nthen these'],
    ['nothing of what stands around replies', '.question-title', '.question-title', ''],
    ['nothing of two replies at once', `${first} p`, '[data-reply-text] li strong', ''],
  ];
  for (const [name, from, to, text] of cases) {
    it(`are ${name}`, async () => {
      const panel = await replied();
      assert.equal((await quoted(panel, from, to))?.replace(/\n+/g, '\n\n'), text);
    });
  }

  it('are none where none are selected', async () => {
    const panel = await replied();
    panel.post({ type: 'quote-selection' });
    await panel.settled();
    assert.deepEqual(panel.received.at(-1), { type: 'quote', text: '' });
  });

  it('have the menu of the transcript, not of the composer', async () => {
    const { page } = await replied();
    const within = (selector: string): Promise<string | null> =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const context = element.closest<HTMLElement>('[data-vscode-context]');
          return context?.dataset['vscodeContext'] ?? null;
        });
    assert.equal(await within('[data-reply-text] p'), '{"webviewSection":"transcript"}');
    assert.equal(await within('[data-composer]'), null);
  });
});
