import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import { askInPanel } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const mark = randomUUID();

/** The extension hosts of this session's VS Code, told by what is in their environment. */
function extensionHosts(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return command.includes('type=extensionHost') && environment.includes(mark);
      } catch {
        // It has ended meanwhile, or isn't ours to look at.
        return false;
      }
    })
    .map(Number);
}

describe('a conversation comes back', () => {
  const session = useSession({ env: { CLAUDE_STREAM_TEST: mark } });

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

  it('with at most 250 ms of text lost, after the extension host was killed', async () => {
    const { workbench, simulator } = session();
    const words = Array.from({ length: 2000 }, (_, index) => `word${index}`).join(' ');
    simulator.answer(say(words, { paceMs: 10, deltaLength: 8 }));
    const panel = await askInPanel(workbench, 'Everything you know');
    await panel.waitForText('word60');
    const [host, ...others] = extensionHosts();
    assert.ok(host !== undefined && others.length === 0, 'there is one extension host');
    const shown = await panel.text();
    process.kill(host, 'SIGKILL');
    await workbench.reload();
    const again = new PanelPage(await workbench.panelFrame());
    await again.waitForOutcome('broken');
    assert.equal(await again.failure(), 'interrupted');
    const restored = await again.text();
    assert.ok(words.startsWith(restored), 'what came back has no hole');
    // At 8 characters every 10 ms or more, 250 ms are at most 200 characters.
    const lost = shown.length - restored.length;
    assert.ok(lost <= 200, `${lost} characters lost`);
  });
});
