import assert from 'node:assert/strict';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { Gate, type Script, say } from '../fakes/messages-api/scripts.ts';
import type { ReceivedRequest } from '../fakes/messages-api/simulator.ts';
import { ask, askIntoDocument, closeUntitled, showUntitled, waitUntilWritten } from './looking.ts';
import type { PanelPage } from './panel.ts';
import { focusPanel, panelsOnScreen } from './panels-on-screen.ts';
import { useSession } from './session.ts';

/** More than anyone waits for. */
const endless = say('word '.repeat(100_000), { paceMs: 50, deltaLength: 5 });

const poem = Array.from({ length: 120 }, (_, line) => `- line ${line} of the *second* reply`).join(
  '\n',
);
const list = Array.from({ length: 120 }, (_, line) => `Paragraph ${line} of the third.`).join(
  '\n\n',
);

describe('several replies at once', () => {
  const session = useSession();

  const panels = (count: number): Promise<readonly PanelPage[]> =>
    panelsOnScreen(session().workbench, count);

  /** The panels on screen, which have to be two. */
  async function both(): Promise<readonly [left: PanelPage, right: PanelPage]> {
    const [left, right] = await panels(2);
    assert.ok(left !== undefined && right !== undefined);
    return [left, right];
  }

  /** Asks in a panel's composer; resolves when the request has arrived. */
  async function askIn(
    panel: PanelPage,
    question: string,
    script: Script,
  ): Promise<ReceivedRequest> {
    const { simulator } = session();
    simulator.answer(script);
    const asked = simulator.nextMessage();
    await panel.followUp(question);
    return asked;
  }

  const focus = (panel: PanelPage): Promise<void> => focusPanel(session().workbench, panel);

  /** A panel opens as a tab beside the one in use; these tests want to see both. */
  async function moveToNextColumn(title: string): Promise<void> {
    const { workbench } = session();
    await workbench.waitForActiveTab(title);
    const frame = await workbench.panelFrame();
    await frame.locator('[data-composer]:focus').waitFor();
    await workbench.runCommand('View: Move Editor into Next Group');
  }

  async function focusEditor(): Promise<void> {
    await session().workbench.press('Control+1');
  }

  /** Opens the list of what could be stopped. */
  async function openChoice(): Promise<readonly { label: string; description: string }[]> {
    const { workbench } = session();
    await workbench.runCommand('Claude: Stop');
    await workbench.page
      .locator('.quick-input-title', { hasText: 'Stop Which Reply?' })
      .filter({ visible: true })
      .waitFor();
    return (await workbench.quickInput.read()).rows;
  }

  const labels = (rows: readonly { label: string }[]): readonly string[] =>
    rows.map(({ label }) => label);

  describe('in two panels and a document', () => {
    it('don’t mix, whatever comes in between', async function () {
      // Three replies and four columns.
      this.timeout(120_000);
      const { workbench, simulator } = session();
      const gate = new Gate();
      // Each stops half way until all three are there, and goes on between the deltas of the others.
      const held = (text: string, deltaLength: number): Script =>
        say(text, { gate, holdAfter: text.length / 2, deltaLength, paceMs: 2 });
      await workbench.openFile('retry.ts');
      simulator.answer(held(sampleReply, 5));
      await ask(workbench, 'The first?');
      const [first] = await panels(1);
      await first?.waitForText('exponential backoff');

      await workbench.runCommand('Claude: New Conversation in Another Panel');
      await moveToNextColumn('Claude');
      const [, second] = await both();
      assert.equal(await second.replies(), 0);
      await askIn(second, 'The second?', held(poem, 7));
      await second.waitForText('line 50 of the second');

      await focusEditor();
      simulator.answer(held(list, 3));
      const asked = simulator.nextMessage();
      await askIntoDocument(workbench, 'The third?');
      await asked;
      assert.deepEqual(
        simulator.messages.slice(-3).map(({ body }) => body?.messages.length),
        [1, 1, 1],
        'no conversation has another one’s turns',
      );
      await workbench.page.locator('.view-lines', { hasText: /Paragraph.0/ }).waitFor();
      gate.open();
      await second.waitForOutcome('complete');
      const shownSecond = await second.compareWith(poem);
      assert.deepEqual(shownSecond.shown, shownSecond.right);
      await waitUntilWritten(workbench);
      await showUntitled(workbench);
      assert.equal(await workbench.copyEditorText(), list);
      await closeUntitled(workbench);
      const [left] = await both();
      await left.waitForOutcome('complete');
      const shownFirst = await left.compareWith(sampleReply);
      assert.deepEqual(shownFirst.shown, shownFirst.right);
      assert.deepEqual([await left.replies(), await second.replies()], [1, 1]);
    });

    it('follow up in the panel that was active last', async () => {
      const { workbench, simulator } = session();
      simulator.answer(say('Left.'));
      const [left, right] = await both();
      await focus(left);
      await focusEditor();
      const asked = simulator.nextMessage();
      await ask(workbench, 'In the left one?');
      const { body } = await asked;
      assert.equal(body?.messages[0]?.content, 'The first?');
      await left.waitForText('Left.');
      assert.deepEqual([await left.replies(), await right.replies()], [2, 1]);
    });
  });

  describe('Stop', () => {
    it('stops what is active: by Esc in a panel, by the key in a document', async () => {
      const { workbench, simulator } = session();
      const [left, right] = await both();
      const inLeft = await askIn(left, 'Left?', endless);
      const inRight = await askIn(right, 'Right?', endless);
      await focusEditor();
      const asked = simulator.nextMessage();
      await askIntoDocument(workbench, 'Document?');
      const inDocument = await asked;
      await workbench.page.locator('.view-lines', { hasText: /word.word/ }).waitFor();
      await showUntitled(workbench);
      await workbench.page
        .locator('.editor-group-container.active .monaco-editor.focused')
        .waitFor();
      await workbench.press('Control+K Escape');
      assert.equal(await inDocument.ended, 'closed-by-client');
      await waitUntilWritten(workbench);
      await closeUntitled(workbench);
      await focus(right);
      await workbench.press('Escape');
      assert.equal(await inRight.ended, 'closed-by-client');
      await right.waitForOutcome('stopped');
      // An idle panel's Esc is nobody else's end; a panel's own button is.
      await workbench.press('Escape');
      const [again] = await both();
      await again.waitForStatus('Writing');
      await again.press('stop');
      assert.equal(await inLeft.ended, 'closed-by-client');
      await again.waitForOutcome('stopped');
    });

    it('stops the only one from anywhere', async () => {
      const { workbench } = session();
      const [, right] = await both();
      const { ended } = await askIn(right, 'Alone?', endless);
      await right.waitForText('word word');
      await focusEditor();
      await workbench.runCommand('Claude: Stop');
      assert.equal(await ended, 'closed-by-client');
      await right.waitForOutcome('stopped');
    });

    it('asks which one where it isn’t clear, and stays right when one ends meanwhile', async () => {
      const { workbench } = session();
      const [left, right] = await both();
      const gate = new Gate();
      const words = 'A reply that ends by itself.';
      await askIn(left, 'Left, and over soon?', say(words, { gate, holdAfter: 12, paceMs: 1 }));
      const { ended } = await askIn(right, 'Right, without an end?', endless);
      await focusEditor();
      const rows = await openChoice();
      const expected = ['Left, and over soon?', 'Right, without an end?', 'Stop All'];
      assert.deepEqual(labels(rows), expected);
      const [first, second] = rows.map(({ description }) => description);
      assert.match(first ?? '', /^claude-sonnet-5-5 · Panel in column 2 · \d+ s$/);
      assert.match(second ?? '', /^claude-sonnet-5-5 · Panel in column 3 · \d+ s$/);
      await workbench.quickInput.focusRow('Right, without an end?');
      gate.open();
      await left.waitForOutcome('complete');
      await workbench.page.getByPlaceholder('Ended meanwhile: Left, and over soon?').waitFor();
      const after = await workbench.quickInput.read();
      assert.deepEqual(labels(after.rows), expected);
      assert.deepEqual(
        after.rows.map(({ focused }) => focused),
        [false, true, false],
      );
      await workbench.quickInput.accept();
      assert.equal(await ended, 'closed-by-client');
      await right.waitForOutcome('stopped');
    });

    it('stops all, where that is chosen', async () => {
      const { workbench } = session();
      const [left, right] = await both();
      const inLeft = await askIn(left, 'Left once more?', endless);
      const inRight = await askIn(right, 'Right once more?', endless);
      await focusEditor();
      await openChoice();
      await workbench.quickInput.choose('Stop All');
      assert.equal(await inLeft.ended, 'closed-by-client');
      assert.equal(await inRight.ended, 'closed-by-client');
    });

    it('asks nothing any more once all have ended', async () => {
      const { workbench } = session();
      const [left, right] = await both();
      const gate = new Gate();
      const script = say('Two words.', { gate, holdAfter: 4, deltaLength: 4 });
      await askIn(left, 'Left and short?', script);
      await askIn(right, 'Right and short?', script);
      await focusEditor();
      await openChoice();
      gate.open();
      await workbench.quickInput.waitUntilClosed();
      await left.waitForOutcome('complete');
      await right.waitForOutcome('complete');
    });

    it('asks where a title’s button could mean either panel', async () => {
      const { workbench } = session();
      const [left, right] = await both();
      // Else only the active column has its buttons.
      await workbench.changeSettings({ 'workbench.editor.alwaysShowEditorActions': true });
      const inLeft = await askIn(left, 'Left by its title?', endless);
      const inRight = await askIn(right, 'Right by its title?', endless);
      await focus(right);
      const groups = workbench.page.locator('.editor-group-container');
      await groups.nth(1).locator('.editor-actions .codicon-debug-stop').click();
      await workbench.quickInput.choose('Left by its title?');
      assert.equal(await inLeft.ended, 'closed-by-client');
      await left.waitForOutcome('stopped');
      await groups.nth(1).locator('.editor-actions .codicon-debug-stop').click();
      assert.equal(await inRight.ended, 'closed-by-client');
    });
  });

  describe('conversations', () => {
    it('are in one panel each: opening one again shows its panel', async () => {
      const { workbench } = session();
      const [left] = await both();
      await focus(left);
      await workbench.runCommand('Claude: Show Conversations…');
      await workbench.quickInput.choose('The second?');
      await workbench.quickInput.waitUntilClosed();
      const [leftStill, right] = await both();
      await right.frame.waitForFunction(() => document.hasFocus());
      const prompts = (panel: PanelPage): Promise<string> =>
        panel.frame.locator('.question-text').first().innerText();
      assert.deepEqual(
        [await prompts(leftStill), await prompts(right)],
        ['The first?', 'The second?'],
      );
    });

    it('come back each in its own panel with a reloaded window, interrupted where they streamed', async () => {
      const { workbench } = session();
      const [left, right] = await both();
      await askIn(left, 'Whole?', say(sampleReply, { outputTokens: 356 }));
      await left.waitForOutcome('complete');
      const half = sampleReply.slice(0, 400);
      const gate = new Gate();
      const { ended } = await askIn(
        right,
        'Half?',
        say(sampleReply, { gate, holdAfter: 400, deltaLength: 5 }),
      );
      await right.waitForText('without it');
      const replies = [await left.replies(), await right.replies()];
      await workbench.reload();
      assert.equal(await ended, 'closed-by-client');
      const [leftAgain, rightAgain] = await both();
      await leftAgain.waitForOutcome('complete');
      await rightAgain.waitForOutcome('broken');
      const whole = await leftAgain.compareWith(sampleReply);
      assert.deepEqual(whole.shown, whole.right);
      const cut = await rightAgain.compareWith(half);
      assert.deepEqual(cut.shown, cut.right);
      assert.equal(await rightAgain.failure(), 'interrupted');
      assert.deepEqual([await leftAgain.replies(), await rightAgain.replies()], replies);
    });

    it('go on beside each other after it', async () => {
      const [left, right] = await both();
      const { body } = await askIn(left, 'Still the first?', say('Yes.'));
      assert.equal(body?.messages[0]?.content, 'The first?');
      const other = await askIn(right, 'Still the second?', say('Yes.'));
      assert.equal(other.body?.messages[0]?.content, 'The second?');
      await left.waitForOutcome('complete');
      await right.waitForOutcome('complete');
    });

    it('open in another panel from the list', async () => {
      const { workbench } = session();
      const [left, right] = await both();
      await focus(right);
      const { page } = workbench;
      const gone = page.waitForEvent('framedetached', (frame) => frame === right.frame);
      await workbench.runCommand('Claude: New Conversation');
      await gone;
      const [, empty] = await both();
      await empty.frame.getByText('Ask about what is on your screen').waitFor();
      assert.ok((await left.replies()) > 0);
      await focusEditor();
      await workbench.runCommand('Claude: Show Conversations…');
      await workbench.quickInput.focusRow('The second?');
      const row = workbench.page.locator('.quick-input-list .monaco-list-row.focused');
      await row.locator('.codicon-split-horizontal').click();
      await moveToNextColumn('The second?');
      const [first, , third] = await panels(3);
      // Its text even where it is out of sight: VS Code has made the columns narrower.
      const question = (panel: PanelPage | undefined) =>
        panel?.frame.locator('.question-text').first().textContent();
      assert.equal(await question(first), 'The first?');
      assert.equal(await question(third), 'The second?');
    });
  });

  describe('two models', () => {
    before('close what is open', () => session().control.tidy());

    const script: Script = async (exchange) => {
      await say(`I am ${exchange.model}. ${sampleReply}`, { outputTokens: 300 })(exchange);
    };
    /** The title of the box that is open, once it is this one. */
    async function waitForBox(title: string): Promise<void> {
      await session()
        .workbench.page.locator('.quick-input-title', { hasText: title })
        .filter({ visible: true })
        .waitFor();
    }

    it('answer the same question side by side, with a receipt each', async () => {
      const { workbench, simulator } = session();
      const before = simulator.messages.length;
      await workbench.openFile('retry.ts');
      await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
      simulator.answer(script);
      await workbench.runCommand('Claude: Compare Two Models…');
      await waitForBox('Compare Two Models: The Left One');
      await workbench.quickInput.choose('Claude Haiku 5.5');
      await waitForBox('claude-haiku-5-5, Compared with');
      await workbench.quickInput.choose('Claude Opus 5.5');
      await waitForBox('Ask Claude: claude-haiku-5-5 ↔ claude-opus-5-5');
      await workbench.quickInput.type('What could go wrong?');
      const figures = String.raw`[\d,]+ tokens · ≈?\$[\d.]+`;
      await workbench.page
        .locator('.quick-input-message', {
          hasText: new RegExp(
            `retry\\.ts:4–15 · claude-haiku-5-5: ${figures} \\+ claude-opus-5-5: ${figures}`,
          ),
        })
        .waitFor();
      await workbench.quickInput.accept();
      const pair = await both();
      for (const [index, model] of ['claude-haiku-5-5', 'claude-opus-5-5'].entries()) {
        const panel = pair[index];
        assert.ok(panel !== undefined);
        await panel.waitForOutcome('complete');
        const { shown, right } = await panel.compareWith(`I am ${model}. ${sampleReply}`);
        assert.deepEqual(shown, right);
        assert.match(await panel.receipt(), new RegExp(`Model${model}[\\s\\S]*300 tokens`));
      }
      const [one, other, ...more] = simulator.messages.slice(before).map(({ body }) => body);
      assert.deepEqual(more, []);
      assert.ok(one !== undefined && one !== null && other !== undefined && other !== null);
      const [haiku, opus] = one.model === 'claude-haiku-5-5' ? [one, other] : [other, one];
      assert.deepEqual([haiku.model, opus.model], ['claude-haiku-5-5', 'claude-opus-5-5']);
      assert.deepEqual({ ...haiku, model: '' }, { ...opus, model: '' });
      assert.match(
        String(haiku.messages[0]?.content),
        /<selection file="retry\.ts"[\s\S]*go wrong\?$/,
      );
      const titles = (await workbench.tabs()).map(({ title }) => title);
      assert.deepEqual(titles, [
        'retry.ts',
        'Claude · claude-haiku-5-5',
        'Claude · claude-opus-5-5',
      ]);
    });

    it('are offered again first, and come before the panels of the last time', async () => {
      const { workbench, simulator } = session();
      const gate = new Gate();
      simulator.answer(say(sampleReply, { gate, holdAfter: 100, deltaLength: 5 }));
      await focusEditor();
      await workbench.runCommand('Claude: Compare Two Models…');
      await waitForBox('Compare Two Models');
      const { rows } = await workbench.quickInput.read();
      const again = 'claude-haiku-5-5 ↔ claude-opus-5-5';
      assert.deepEqual(labels(rows), [again, 'Choose Two Models…']);
      await workbench.quickInput.choose(again);
      await waitForBox('Ask Claude');
      await workbench.quickInput.type('Once more?');
      await workbench.quickInput.accept();
      const deadline = Date.now() + 10_000;
      let pair = await both();
      while ((await pair[1].replies()) === 0 && Date.now() < deadline) pair = await both();
      for (const panel of await both()) await panel.waitForText('asynchronous');
      gate.open();
      for (const panel of await both()) {
        await panel.waitForOutcome('complete');
        assert.equal(await panel.replies(), 1);
      }
    });
  });
});
