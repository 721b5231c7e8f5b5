import { panelsOnScreen } from '../e2e/panels-on-screen.ts';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { type Scene, selectSample } from './scene.ts';

/** Two models on one question. */
export async function takeSeveralPanels({ workbench, simulator, camera }: Scene): Promise<void> {
  const { page, quickInput } = workbench;
  await selectSample(workbench);
  simulator.answer(say(sampleReply, { outputTokens: 372 }));
  await workbench.runCommand('Claude: Compare Two Models…');
  await quickInput.waitUntilOpen();
  await quickInput.choose('Claude Haiku 5.5');
  await quickInput.choose('Claude Opus 5.5');
  await page.locator('.quick-input-title', { hasText: 'Ask Claude' }).waitFor();
  await quickInput.type('What could go wrong?');
  await camera.takeInEachTheme(workbench, 'compare-asks');
  await quickInput.accept();
  for (const panel of await panelsOnScreen(workbench, 2)) await panel.waitForOutcome('complete');
  await camera.takeInEachTheme(workbench, 'compare');
}
