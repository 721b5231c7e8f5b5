import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { fail, Gate, say, sayThen } from '../fakes/messages-api/scripts.ts';
import { explain, type Scene, selectSample, waitForOutcome } from './scene.ts';

/** A reply from its first character to each of its ends. */
export async function takePanelStates({ workbench, simulator, camera }: Scene): Promise<void> {
  await selectSample(workbench);

  const gate = new Gate();
  simulator.answer(say(sampleReply, { gate, holdAfter: 560, outputTokens: 372 }));
  await workbench.contextMenu('Explain with Claude');
  await waitForOutcome(workbench, 'streaming', 'before the catch');
  await workbench.statusBarItem('claudeStream.usage').waitForText('≈');
  await camera.takeInEachTheme(workbench, 'streaming');
  gate.open();
  await waitForOutcome(workbench, 'complete');
  await camera.takeInEachTheme(workbench, 'done');

  const frame = await workbench.panelFrame();
  await frame.locator('[data-receipt] summary').last().click();
  await frame.locator('[data-receipt]').last().scrollIntoViewIfNeeded();
  await camera.takeInEachTheme(workbench, 'receipt');

  const thinkingGate = new Gate();
  const thinking =
    'The loop has no condition of its own, so what ends it is `return` or `throw`.\n\n' +
    'The order of the waits is what matters here: they double, with jitter.';
  simulator.answer(say('Short.', { thinking, gate: thinkingGate, holdAfter: 0 }));
  await workbench.changeSettings({ 'claudeStream.showThinking': true });
  await explain(workbench);
  const thought = frame.locator('[data-thinking] summary').last();
  await thought.filter({ hasText: '3 s' }).waitFor();
  await camera.takeInEachTheme(workbench, 'thinking');
  await thought.click();
  await camera.takeInEachTheme(workbench, 'thinking-open');
  thinkingGate.open();
  await waitForOutcome(workbench, 'complete');

  const longGate = new Gate();
  const long = `${sampleReply}\n\n${sampleReply}`;
  simulator.answer(say(long, { gate: longGate, holdAfter: sampleReply.length + 900 }));
  await explain(workbench);
  await frame.locator('[data-action=jump-down]').waitFor();
  await camera.takeInEachTheme(workbench, 'more-below');
  await workbench.changeSettings({ 'claudeStream.follow': true });
  await frame.locator('#transcript[data-follow]').waitFor();
  await frame.locator('[data-action=jump-down]').click();
  longGate.open();
  await waitForOutcome(workbench, 'complete');
  await camera.takeInEachTheme(workbench, 'followed');
  await workbench.changeSettings({ 'claudeStream.follow': false });

  const stopGate = new Gate();
  simulator.answer(say(sampleReply, { gate: stopGate, holdAfter: 420 }));
  await explain(workbench);
  await waitForOutcome(workbench, 'streaming', 'hands back');
  await workbench.runCommand('Claude: Stop');
  await waitForOutcome(workbench, 'stopped');
  await camera.takeInEachTheme(workbench, 'stopped');

  simulator.answer(sayThen(sampleReply.slice(0, 400), 'overloaded'));
  await explain(workbench);
  await waitForOutcome(workbench, 'broken');
  await camera.takeInEachTheme(workbench, 'broken');

  simulator.answer(fail(401, 'authentication_error', 'invalid bearer token'));
  await explain(workbench);
  await waitForOutcome(workbench, 'broken', '');
  await camera.takeInEachTheme(workbench, 'rejected-key');

  simulator.answer(say('A story that is too long', { stopReason: 'max_tokens' }));
  await explain(workbench);
  await waitForOutcome(workbench, 'cut');
  await camera.takeInEachTheme(workbench, 'cut');

  simulator.answer(fail(529, 'overloaded_error', 'Overloaded', { 'retry-after': '50' }));
  await explain(workbench);
  await waitForOutcome(workbench, 'streaming', 'Retry 1 of 2');
  await camera.takeInEachTheme(workbench, 'retrying');
  await workbench.runCommand('Claude: Stop');

  simulator.answer(say(sampleReply, { gate: new Gate(), holdAfter: 420 }));
  await explain(workbench);
  await waitForOutcome(workbench, 'streaming', 'hands back');
  await workbench.reload();
  await waitForOutcome(workbench, 'broken');
  await camera.takeInEachTheme(workbench, 'interrupted');
}
