import { Gate, say } from '../fakes/messages-api/scripts.ts';
import { type Scene, selectSample } from './scene.ts';

const better = `export async function retry<T>(call: () => Promise<T>, tries = 5): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === tries) throw error;
      await sleep(backoff(attempt));
    }
  }
}`;

/** Replace Selection…: its list, the diff while it streams, and when it can be accepted. */
export async function takeReplacement({ workbench, simulator, camera }: Scene): Promise<void> {
  const { page } = workbench;
  await selectSample(workbench);
  await workbench.runCommand('Claude: Replace Selection…');
  await workbench.quickInput.waitUntilOpen();
  await camera.takeInEachTheme(workbench, 'replace-list');
  const gate = new Gate();
  const reply = `\`\`\`ts\n${better}\n\`\`\`\n`;
  simulator.answer(say(reply, { gate, holdAfter: 230 }));
  await workbench.quickInput.choose('Simplify');
  const button = (name: string) => page.locator('.editor-actions').getByRole('button', { name });
  await button('Stop').waitFor();
  await page.locator('.modified-in-monaco-diff-editor', { hasText: 'return await' }).waitFor();
  await camera.takeInEachTheme(workbench, 'replace-streaming');
  gate.open();
  await button('Accept Replacement').waitFor();
  await camera.takeInEachTheme(workbench, 'replace-ready');
}
