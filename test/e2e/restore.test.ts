import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setInterval } from 'node:timers/promises';
import type { Route } from 'playwright-core';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { askInPanel } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

/** Resolves when a reply that ends with these words is in a journal, with its outcome. */
async function journalWith(dataDir: string, last: string): Promise<void> {
  const folder = join(dataDir, 'data/User/globalStorage/claude-stream.claude-stream/conversations');
  const isThere = async (): Promise<boolean> => {
    for await (const path of glob('*/*.jsonl', { cwd: folder })) {
      // A merged file goes as soon as it is found.
      const text = await readFile(join(folder, path), 'utf8').catch(() => '');
      const end = text.indexOf(last);
      if (end !== -1 && text.includes('"outcome"', end)) return true;
    }
    return false;
  };
  // Watched, a file that comes between a look and the first event would be missed.
  const looks = setInterval(50, undefined, { signal: AbortSignal.timeout(30_000) });
  for await (const _ of looks) if (await isThere()) return;
}

async function openLastConversation(workbench: Workbench): Promise<PanelPage> {
  await workbench.runCommand('Claude: Show Conversations…');
  const { rows } = await workbench.quickInput.read();
  await workbench.quickInput.choose(rows[0]?.label ?? '');
  return new PanelPage(await workbench.panelFrame());
}

describe('a conversation comes back', () => {
  const session = useSession();

  it('whole, after the window was reloaded', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say(sampleReply, { outputTokens: 356 }));
    const panel = await askInPanel(workbench, 'How does it retry?');
    await panel.waitForOutcome('complete');
    const receipt = await panel.receipt();
    await workbench.reload();
    const again = new PanelPage(await workbench.panelFrame());
    await again.waitForOutcome('complete');
    const { shown, right } = await again.compareWith(sampleReply);
    assert.deepEqual(shown, right);
    assert.equal(await again.receipt(), receipt);
  });

  it('as interrupted, and can go on, after a reload in the middle of a reply', async () => {
    const { workbench, simulator } = session();
    const gate = new Gate();
    const half = sampleReply.slice(0, 400);
    simulator.answer(say(sampleReply, { gate, holdAfter: 400, deltaLength: 5 }));
    const asked = simulator.nextMessage();
    const panel = await askInPanel(workbench, 'And again?');
    const { ended } = await asked;
    await panel.waitForText('without it');
    await workbench.reload();
    assert.equal(await ended, 'closed-by-client');
    const again = new PanelPage(await workbench.panelFrame());
    await again.waitForOutcome('broken');
    assert.equal(await again.failure(), 'interrupted');
    const { shown, right } = await again.compareWith(half);
    assert.deepEqual(shown, right);
    assert.deepEqual(await again.actions(), ['continue', 'retry', 'copy']);

    simulator.answer(say(sampleReply.slice(400)));
    await again.press('continue');
    await again.waitForOutcome('complete');
    const joined = await again.compareWith(sampleReply);
    assert.deepEqual(joined.shown, joined.right);
    assert.equal(await again.replies(), 2);
  });

  it('as interrupted, too, where its panel is closed before the window goes', async () => {
    const { workbench, simulator } = session();
    const gate = new Gate();
    simulator.answer(say(sampleReply, { gate, holdAfter: 400, deltaLength: 5 }));
    const asked = simulator.nextMessage();
    const panel = await askInPanel(workbench, 'With its panel closed?');
    const { ended } = await asked;
    await panel.waitForText('without it');
    await panel.composer.click();
    await workbench.runCommand('View: Close Editor');
    assert.equal(await ended, 'closed-by-client');
    const again = await openLastConversation(workbench);
    await again.waitForOutcome('broken');
    assert.equal(await again.failure(), 'interrupted');
    await again.frame.locator('[data-composer]:focus').waitFor();
  });

  it('with its outcome written down while the window does not answer', async () => {
    const { workbench, simulator, dataDir } = session();
    const gate = new Gate();
    const [words, last] = ['Before the window hangs,', ' and after it.'];
    simulator.answer(say(words + last, { gate, holdAfter: words.length }));
    const panel = await askInPanel(workbench, 'Once more?');
    await panel.waitForText('hangs,');
    // A request that the page's only thread waits for, until it is answered below.
    const { promise: hangs, resolve: hang } = Promise.withResolvers<Route>();
    await workbench.page.route('**/hang', hang);
    const hung = workbench.page.evaluate(() => {
      const request = new XMLHttpRequest();
      request.open('GET', '/hang', false);
      request.send();
    });
    const route = await hangs;
    gate.open();
    await journalWith(dataDir, last);
    await route.fulfill({ body: '' });
    await hung;
    await workbench.page.unroute('**/hang');
    await panel.waitForOutcome('complete');
  });

  it('with at most 250 ms of text lost, after the extension host was killed', async () => {
    const { workbench, simulator, control } = session();
    const words = Array.from({ length: 2000 }, (_, index) => `word${index}`).join(' ');
    simulator.answer(say(words, { paceMs: 10, deltaLength: 8 }));
    const panel = await askInPanel(workbench, 'Everything you know');
    await panel.waitForText('word60');
    const host = await control.extensionHost();
    const shown = await panel.text();
    process.kill(host, 'SIGKILL');
    await workbench.reload();
    // VS Code keeps a panel through this only where it knows the panel from an earlier window.
    const again = await openLastConversation(workbench);
    await again.waitForOutcome('broken');
    assert.equal(await again.failure(), 'interrupted');
    const restored = await again.text();
    assert.ok(words.startsWith(restored), 'what came back has no hole');
    // At 8 characters every 10 ms or more, 250 ms are at most 200 characters.
    const lost = shown.length - restored.length;
    assert.ok(lost <= 200, `${lost} characters lost`);
  });
});
