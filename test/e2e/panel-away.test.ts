import assert from 'node:assert/strict';
import { violations } from '../fakes/axe.ts';
import { Random } from '../fakes/fault-server/random.ts';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import { panelFrame } from '../vscode/panel-frame.ts';
import { QuickInput } from '../vscode/quick-input.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { askInPanel, clipboard } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

/** Numbered words in paragraphs of twenty: a lost or doubled one shows. */
const words = Array.from({ length: 40_000 }, (_, i) => (i % 20 === 19 ? `w${i}\n\n` : `w${i} `));
const endless = words.join('');
const flat = (text: string): string => text.split(/\s+/).filter(Boolean).join(' ');
const right = flat(endless);

/** What is shown, from shortly before it is another than it should be. */
function firstDifference(shown: string): string {
  let at = 0;
  while (shown[at] === right[at]) at++;
  return `at ${at} of ${shown.length}: ${shown.slice(Math.max(0, at - 40), at + 40)}`;
}

async function showPanel({ page }: Workbench): Promise<void> {
  await page.locator('.tab', { hasNotText: '.ts' }).click();
}

/** The page that is there goes, so that the next look is at the new one. */
async function runAndLosePage(workbench: Workbench, command: string): Promise<void> {
  const old = await workbench.panelFrame();
  const gone = workbench.page.waitForEvent('framedetached', (frame) => frame === old);
  await Promise.all([gone, workbench.runCommand(command)]);
}

describe('the panel, hidden and moved while a reply streams', () => {
  const session = useSession();

  async function panelNow(): Promise<PanelPage> {
    return new PanelPage(await session().workbench.panelFrame());
  }

  const away: readonly [how: string, go: (workbench: Workbench) => Promise<void>][] = [
    [
      'behind another tab',
      async ({ page }) => {
        await page.locator('.tab', { hasText: 'sleep.ts' }).click();
        await page.locator('iframe.webview').waitFor({ state: 'hidden' });
        await page.locator('.tab', { hasNotText: '.ts' }).click();
      },
    ],
    [
      'in another column and back',
      async (workbench) => {
        await showPanel(workbench);
        await runAndLosePage(workbench, 'View: Move Editor into Next Group');
        await runAndLosePage(workbench, 'View: Move Editor into Previous Group');
      },
    ],
    ['reloaded', (workbench) => runAndLosePage(workbench, 'Developer: Reload Webviews')],
  ];

  it('has no character lost or doubled at three random moments', async function () {
    this.timeout(300_000);
    const { workbench, simulator } = session();
    await workbench.openFile('sleep.ts');
    simulator.answer(say(endless, { paceMs: 10, deltaLength: 8 }));
    const panel = await askInPanel(workbench, 'Everything you know');
    await panel.waitForText('w50');
    await showPanel(workbench);
    await workbench.runCommand('View: Move Editor into Previous Group');

    const seed = Number(process.env['SEED'] ?? 7);
    const random = new Random(seed);
    let shownBefore = '';
    // Each way once: twenty moments are in the browser's suite.
    for (const [moment, [how, go]] of away.entries()) {
      await workbench.page.waitForTimeout(random.below(500));
      await go(workbench);
      const back = await panelNow();
      // A reply that had ended by mistake would have nothing left to lose.
      await back.waitForOutcome('streaming');
      await back.waitForText(`w${shownBefore === '' ? 50 : shownBefore.split(' ').length - 1}`);
      const shown = flat(await back.text());
      const at = `seed ${seed}, moment ${moment}, ${how}`;
      assert.ok(right.startsWith(shown), `${at}: ${firstDifference(shown)}`);
      assert.ok(shown.length >= shownBefore.length, at);
      shownBefore = shown.slice(0, shown.lastIndexOf(' '));
    }
    const last = await panelNow();
    await last.press('stop');
    await last.waitForOutcome('stopped');
    assert.ok(right.startsWith(flat(await last.text())));
  });

  it('streams on in a window of its own, and back in the first one', async () => {
    const { workbench, simulator } = session();
    const gate = new Gate();
    const text = endless.slice(0, 6000);
    simulator.answer(say(text, { gate, holdAfter: 2000, deltaLength: 8 }));
    const panel = await askInPanel(workbench, 'To be moved out');
    await panel.waitForText('w200');
    await showPanel(workbench);
    const opened = workbench.page.context().waitForEvent('page');
    await workbench.runCommand('View: Move Editor into New Window');
    const ownWindow = await opened;
    const outside = new PanelPage(await panelFrame(ownWindow, {}));
    await outside.waitForText('w200');
    gate.open();
    await outside.waitForOutcome('complete');
    assert.equal(flat(await outside.text()), flat(text));
    const palette = new QuickInput(ownWindow);
    await palette.openWith('F1', '>View: Restore Editors into Main Window');
    const closed = ownWindow.waitForEvent('close');
    // The key closes the window in which it is pressed, perhaps before that is told.
    await palette.choose('View: Restore Editors into Main Window').catch(() => {});
    await closed;
    const back = await panelNow();
    await back.waitForOutcome('complete');
    assert.equal(flat(await back.text()), flat(text));
  });

  it('is where it was read, and unfolded, after it was hidden and after a reload', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say(Array.from({ length: 8 }, () => sampleReply).join('\n\n')));
    const panel = await askInPanel(workbench, 'A long one');
    await panel.waitForOutcome('complete');
    await panel.frame.locator('[data-receipt] summary').last().click();
    const heading = ['h3', { hasText: 'Worth knowing' }] as const;
    const place = async (): Promise<number> =>
      (await panelNow()).frame
        .locator(...heading)
        .nth(3)
        .evaluate((element) => Math.round(element.getBoundingClientRect().top));
    await panel.frame
      .locator(...heading)
      .nth(3)
      .evaluate((element) => {
        element.scrollIntoView({ block: 'start' });
        window.scrollBy(0, -50);
      });
    const before = await place();
    // A moment later it is kept.
    await workbench.page.waitForTimeout(500);
    for (const [how, go] of [
      ...away.filter(([name]) => name !== 'in another column and back'),
      ['its window reloaded', (each: Workbench) => each.reload()] as const,
    ]) {
      await go(workbench);
      const back = await panelNow();
      await back.waitForOutcome('complete');
      await workbench.page.waitForTimeout(300);
      assert.ok(Math.abs((await place()) - before) <= 1, `${how}: ${await place()}, not ${before}`);
      assert.equal(await back.frame.locator('[data-receipt]').last().getAttribute('open'), '', how);
    }
  });

  it('has its find widget, and the focus in it, while text streams in', async () => {
    const { workbench, simulator } = session();
    const gate = new Gate();
    simulator.answer(say(endless.slice(0, 20_000), { gate, holdAfter: 2000, deltaLength: 40 }));
    const panel = await askInPanel(workbench, 'To be searched');
    await panel.waitForText('w200');
    await panel.frame.locator('.question-title').last().click();
    await workbench.press('Control+F');
    const find = workbench.page.locator('.webview-find-widget, .simple-find-part').locator('input');
    await find.first().waitFor();
    await workbench.type('w150');
    gate.open();
    await panel.waitForOutcome('complete');
    assert.equal(await find.first().inputValue(), 'w150');
    assert.ok(await find.first().evaluate((input) => input === document.activeElement));
    await workbench.press('Escape');
  });

  it('follows the end from the moment when the setting says so', async () => {
    const { workbench, simulator } = session();
    const gate = new Gate();
    const text = endless.slice(0, 20_000);
    simulator.answer(say(text, { gate, holdAfter: 8000, deltaLength: 40 }));
    const panel = await askInPanel(workbench, 'To be followed');
    await panel.waitForText('w1200');
    const pill = panel.frame.locator('[data-action=jump-down]');
    await pill.waitFor();
    await workbench.changeSettings({ 'claudeStream.follow': true });
    await panel.frame.locator('#transcript[data-follow]').waitFor();
    await pill.click();
    await pill.waitFor({ state: 'hidden' });
    gate.open();
    await panel.waitForOutcome('complete');
    await panel.frame.waitForFunction(() => {
      const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
      return scrollHeight - scrollTop - clientHeight <= 8;
    });
    await workbench.changeSettings({ 'claudeStream.follow': false });
  });

  it('gives the request’s id to the clipboard', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('Short.'));
    const panel = await askInPanel(workbench, 'Which request?');
    await panel.waitForOutcome('complete');
    await panel.frame.locator('[data-receipt] summary').last().click();
    await panel.press('copy-request-id');
    assert.equal(await clipboard(workbench), 'req_simulated');
  });

  it('has nothing that axe finds wrong', async () => {
    assert.deepEqual(await violations((await panelNow()).frame), []);
  });
});
