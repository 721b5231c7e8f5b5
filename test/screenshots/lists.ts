import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { type Scene, selectSample, waitForOutcome } from './scene.ts';

/** Lists, views and reports. */
export async function takeLists({ workbench, simulator, camera }: Scene): Promise<void> {
  const { page, quickInput } = workbench;
  await selectSample(workbench);
  simulator.answer(say(sampleReply, { outputTokens: 372 }));
  await workbench.contextMenu('Explain with Claude');
  await waitForOutcome(workbench, 'complete');
  for (const [title, state] of [
    ['Claude: Choose Model…', 'models'],
    ['Claude: Choose Effort…', 'efforts'],
    ['Claude: Show Conversations…', 'conversations'],
  ] as const) {
    await workbench.runCommand(title);
    await quickInput.waitUntilOpen();
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await camera.takeInEachTheme(workbench, state);
    await quickInput.cancel();
  }

  await page.locator('.tab', { hasNotText: '.ts' }).click();
  const frame = await workbench.panelFrame();
  await frame.locator('[data-composer]').fill('And when the server is down?');
  await frame.locator('.composer', { hasText: 'tokens' }).waitFor();
  await camera.takeInEachTheme(workbench, 'composer');

  await workbench.runCommand('Claude: Show Usage');
  const usage = await workbench.panelFrame({ title: 'Claude Usage' });
  await usage.locator('table').waitFor();
  await camera.takeInEachTheme(workbench, 'usage');
  await workbench.closeActiveTab();

  await workbench.runCommand('Claude: Check Connection');
  await page.locator('.monaco-dialog-box').waitFor();
  await camera.takeInEachTheme(workbench, 'check-asks');
  await workbench.clickDialogButton('Stream a Test Reply');
  await page.locator('.tab', { hasText: 'Claude Connection' }).waitFor();
  await camera.takeInEachTheme(workbench, 'check-report');

  await selectSample(workbench);
  await workbench.runCommand('Claude: Run Prompt on Files…');
  await quickInput.waitUntilOpen();
  await camera.takeInEachTheme(workbench, 'files-prompt');
  await quickInput.cancel();
}
