import { setTimeout as sleep } from 'node:timers/promises';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { type Scene, selectSample } from './scene.ts';

/** `@claude` in VS Code's own chat. */
export async function takeInVsCodesChat({ workbench, simulator, camera }: Scene): Promise<void> {
  const { page } = workbench;
  await selectSample(workbench);
  await workbench.runCommand('Chat: Open Chat');
  const input = page.locator('.interactive-input-part .monaco-editor').last();
  await input.waitFor();
  simulator.answer(say(sampleReply, { outputTokens: 372 }));
  const received = simulator.nextMessage();
  // VS Code wants a model for each request, and looks for one only once there was none.
  for (let tries = 0; tries < 3; tries++) {
    await input.click();
    await page.keyboard.type('@claude How does it end? ');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    if ((await Promise.race([received, sleep(8000).then(() => null)])) !== null) break;
  }
  await page.locator('.interactive-response', { hasText: 'tokens in' }).last().waitFor();
  await camera.takeInEachTheme(workbench, 'chat');
}
