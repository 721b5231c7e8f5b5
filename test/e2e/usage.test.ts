import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { noUsage } from '../../src/core/claude/usage.ts';
import { calculateCost } from '../../src/core/usage/price.ts';
import { violations } from '../fakes/axe.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { tokensOf } from '../fakes/messages-api/simulator.ts';
import type { MessageBody } from '../fakes/messages-api/wire.ts';
import { ask, askInPanel, askIntoDocument, closeUntitled } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

/** `1,234 tokens` as a number. */
function figureIn(text: string, label: RegExp): number {
  const [, figure] = label.exec(text) ?? [];
  assert.ok(figure !== undefined, `${label} in ${text}`);
  return Number(figure.replaceAll(',', ''));
}

describe('usage', () => {
  const session = useSession({ isFresh: true });
  const receipts: { readonly input: number; readonly output: number }[] = [];

  /** Beside the panel there are two webviews: the one with the totals is asked for. */
  async function usageView(): Promise<Frame> {
    const { page } = session().workbench;
    const deadline = Date.now() + 15_000;
    for (;;) {
      for (const frame of page.frames()) {
        const totals = frame.locator('#usage .total-cost').first();
        if (await totals.isVisible().catch(() => false)) return frame;
      }
      if (Date.now() > deadline) throw new Error('The usage view did not open.');
      await page.waitForTimeout(100);
    }
  }

  /** The request that was sent to be counted for a question, once it is there. */
  async function countOf(question: string): Promise<MessageBody> {
    const { workbench, simulator } = session();
    const deadline = Date.now() + 15_000;
    while (Date.now() < deadline) {
      for (const { path, body } of simulator.requests) {
        if (body === null || !path.endsWith('/count_tokens')) continue;
        if (String(body.messages.at(-1)?.content).endsWith(question)) return body;
      }
      await workbench.page.waitForTimeout(50);
    }
    throw new Error('Nothing was sent to be counted.');
  }

  /** The usage view stands beside it. */
  async function conversationPanel(): Promise<PanelPage> {
    const { page } = session().workbench;
    for (const frame of page.frames()) {
      if ((await frame.locator('[data-composer]').count()) > 0) return new PanelPage(frame);
    }
    throw new Error('No panel is on the screen.');
  }
  const footer = (frame: Frame): Promise<readonly number[]> =>
    frame
      .locator('tfoot data')
      .evaluateAll((all) => all.map((each) => Number(each.getAttribute('value'))));

  it('has nothing to show before the first reply', async () => {
    const { workbench } = session();
    await workbench.runCommand('Claude: Show Usage');
    const frame = await workbench.panelFrame({ title: 'Claude Usage' });
    await frame.getByText('Nothing has been used yet.').waitFor();
    await workbench.closeActiveTab();
  });

  it('shows the sum of the receipts, by a click on the status bar', async () => {
    const { workbench, simulator } = session();
    for (const [question, outputTokens] of [
      ['One?', 356],
      ['Two?', 44],
    ] as const) {
      simulator.answer(say('An answer.', { outputTokens }));
      const panel = await askInPanel(workbench, question);
      await panel.waitForOutcome('complete');
      const receipt = await panel.receipt();
      receipts.push({
        input: figureIn(receipt, /Input\D*([\d,]+) tokens/),
        output: figureIn(receipt, /Output\D*([\d,]+) tokens/),
      });
    }
    await workbench.statusBarItem('claudeStream.usage').click();
    const frame = await usageView();
    await frame.locator('tfoot data[value="2"]').waitFor();
    const [replies, input = 0, cacheRead = 0, cacheWrite = 0, output] = await footer(frame);
    assert.equal(replies, 2);
    assert.equal(
      input + cacheRead + cacheWrite,
      receipts.reduce((sum, receipt) => sum + receipt.input, 0),
    );
    assert.equal(output, 400);
    assert.equal(
      receipts.reduce((sum, receipt) => sum + receipt.output, 0),
      400,
    );
    const cost = (await footer(frame)).at(-1) ?? 0;
    const usage = { ...noUsage, input, cacheRead, cacheWrite, output: 400 };
    const right = calculateCost('claude-sonnet-5-5', usage, {}) ?? 0;
    assert.ok(Math.abs(cost - right) < 1e-9, `${cost} is ${right}`);
    assert.deepEqual(await violations(frame), []);
  });

  it('exports what it shows as CSV, unrounded', async () => {
    const { workbench } = session();
    const frame = await usageView();
    const sums = await footer(frame);
    await frame.locator('[data-action=export]').click();
    await workbench.page.locator('.tab.active', { hasText: 'Untitled-' }).waitFor();
    const [head = '', line = '', ...more] = (await workbench.copyEditorText()).trim().split('\n');
    assert.deepEqual(more, []);
    assert.match(head, /^day,model,replies,/);
    const [, model, ...figures] = line.split(',');
    assert.equal(model, 'claude-sonnet-5-5');
    assert.deepEqual([...figures.slice(0, 5), figures[6]].map(Number), [
      ...sums.slice(0, 5),
      sums.at(-1),
    ]);
    await closeUntitled(workbench);
  });

  it('follows a reply that ends while it is shown', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('Another answer.', { outputTokens: 100 }));
    const frame = await usageView();
    await askIntoDocument(workbench, 'Three?');
    await frame.locator('tfoot data[value="500"]').waitFor();
    assert.equal((await footer(frame))[0], 3);
    await closeUntitled(workbench);
  });

  it('counts what is typed as the API counts it, with all that goes along', async () => {
    const { workbench } = session();
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
    await workbench.runCommand('Claude: Ask…');
    await workbench.quickInput.waitForMessage('With retry.ts');
    await workbench.quickInput.type('Why is this so?');
    const counting = await countOf('Why is this so?');
    const figure = tokensOf(counting).toLocaleString('en-US');
    await workbench.quickInput.waitForMessage(`· ${figure} tokens · ≈$`);
    assert.ok(counting.messages.length > 1, 'earlier questions go along');
    await workbench.quickInput.cancel();
  });

  it('warns before a question goes beyond the budget, and sends nothing', async () => {
    const { workbench, simulator } = session();
    await workbench.changeSettings({ 'claudeStream.dailyBudget': 0.001 });
    const before = simulator.messages.length;
    await ask(workbench, 'Too much?');
    assert.match((await workbench.dialog()).message, /The daily budget is \$0\.0010/);
    assert.equal(simulator.messages.length, before);
    await workbench.clickDialogButton('Show Usage');
    const frame = await usageView();
    await frame.locator('.budget-label').waitFor();
    assert.equal(simulator.messages.length, before);
  });

  it('sends anyway once the user says so, and asks no more that day', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('Worth it.'));
    const before = simulator.messages.length;
    await ask(workbench, 'Too much?');
    await workbench.clickDialogButton('Send Anyway');
    const panel = await conversationPanel();
    await panel.waitForText('Worth it.');
    await panel.waitForOutcome('complete');
    const asked = simulator.nextMessage();
    await ask(workbench, 'And more?');
    await asked;
    assert.equal(simulator.messages.length, before + 2);
  });

  it('is deleted when the user says so, and counts from nothing again', async () => {
    const { workbench, simulator } = session();
    await workbench.runCommand('Claude: Show Usage');
    const frame = await usageView();
    await frame.locator('[data-action=delete]').click();
    await workbench.dialog();
    await workbench.clickDialogButton('Delete');
    await frame.getByText('Nothing has been used yet.').waitFor();
    simulator.answer(say('From nothing.', { outputTokens: 7 }));
    await ask(workbench, 'And now?');
    const panel = await conversationPanel();
    await panel.waitForText('From nothing.');
    await workbench.runCommand('Claude: Show Usage');
    await (await usageView()).locator('tfoot data[value="7"]').waitFor();
  });
});
