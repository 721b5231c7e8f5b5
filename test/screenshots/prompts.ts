import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { type Scene, selectSample, waitForOutcome } from './scene.ts';

/** Of no issuer, but of the shape that one documents. */
const token = ['ghp', 'k3Vt9QzR7mWb2XcN8dLs4HfJ6gPw5TvK2bRq'].join('_');

/** What is asked by a list, and what is looked at before it goes. */
export async function takePrompts({ workbench, simulator, camera }: Scene): Promise<void> {
  const { page, quickInput } = workbench;
  await selectSample(workbench);
  await workbench.runCommand('Claude: Run Prompt…');
  await quickInput.waitUntilOpen();
  await page.locator('.quick-input-list .monaco-list-row').nth(3).waitFor();
  await camera.takeInEachTheme(workbench, 'run-prompt');
  await quickInput.cancel();

  await workbench.runCommand('Claude: Preview Request…');
  await page.locator('.quick-input-title', { hasText: 'Preview Which Request?' }).waitFor();
  await quickInput.choose('Explain');
  await page.locator('.tab', { hasText: 'Request preview' }).waitFor();
  await camera.takeInEachTheme(workbench, 'preview');
  await workbench.closeActiveTab();

  await selectSample(workbench);
  await workbench.runCommand('Claude: Ask…');
  await quickInput.waitUntilOpen();
  await quickInput.type(`Why does ${token} fail?`);
  await quickInput.accept();
  await page.locator('.monaco-dialog-box').waitFor();
  await camera.takeInEachTheme(workbench, 'secret');
  simulator.answer(say(sampleReply));
  await workbench.clickDialogButton('Redact and Send');
  await waitForOutcome(workbench, 'complete');

  const frame = await workbench.panelFrame();
  await frame.locator('[data-reply-text] p').first().click({ clickCount: 3 });
  await frame.locator('[data-action=ask-about]').waitFor();
  await camera.takeInEachTheme(workbench, 'ask-about');
}
