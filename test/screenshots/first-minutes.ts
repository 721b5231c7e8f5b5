import { type Scene, selectSample } from './scene.ts';

/** The first question, before there is a key. */
export async function takeWithoutKey({ workbench, camera }: Scene): Promise<void> {
  await selectSample(workbench);
  await workbench.contextMenu('Explain with Claude');
  await workbench.quickInput.waitForMessage('secret storage');
  await camera.takeInEachTheme(workbench, 'no-key');
}

/** What somebody new sees: the walkthrough, and a panel in which nothing was asked. */
export async function takeFirstMinutes({ workbench, camera }: Scene): Promise<void> {
  const { page } = workbench;
  await workbench.runCommandAndChoose(
    'Welcome: Open Walkthrough...',
    'First minutes with Claude Stream',
  );
  await page.locator('.getting-started-step').filter({ hasText: 'Stop it' }).first().click();
  await camera.takeInEachTheme(workbench, 'walkthrough');
  await selectSample(workbench);
  await workbench.runCommand('Claude: New Conversation');
  await workbench.panelFrame();
  await camera.takeInEachTheme(workbench, 'empty-panel');
}
