import { useSession } from './session.ts';

describe('walkthrough', () => {
  const session = useSession();

  it('leads through the first minutes, and runs what it names', async () => {
    const { workbench } = session();
    const { page } = workbench;
    await workbench.runCommandAndChoose(
      'Welcome: Open Walkthrough...',
      'First minutes with Claude Stream',
    );
    const steps = page.locator('.getting-started-step');
    for (const title of ['Bring your own key', 'Stop it', 'What leaves this machine']) {
      await steps.filter({ hasText: title }).first().waitFor();
    }
    await steps.filter({ hasText: 'Bring your own key' }).first().click();
    await page.locator('.getting-started-step .monaco-button', { hasText: 'Set API Key' }).click();
    await workbench.quickInput.waitForMessage('secret storage');
    await page.keyboard.press('Escape');
  });
});
