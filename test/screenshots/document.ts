import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import { type Scene, selectSample } from './scene.ts';

export async function takeDocument({ workbench, simulator, camera }: Scene): Promise<void> {
  await selectSample(workbench);
  const gate = new Gate();
  simulator.answer(say(sampleReply, { gate, holdAfter: 900 }));
  await workbench.runCommand('Claude: Ask into New Document…');
  await workbench.quickInput.waitForMessage('With retry.ts');
  await workbench.quickInput.type('How does this behave when the server is down?');
  await camera.takeInEachTheme(workbench, 'ask');
  await workbench.quickInput.accept();
  await workbench.page.locator('.view-lines', { hasText: /attempt.*waits/ }).waitFor();
  await camera.takeInEachTheme(workbench, 'document');
  await workbench.page.locator('.tab', { hasText: 'Untitled-' }).click();
  await workbench.page.locator('.editor-actions .codicon-debug-stop').waitFor();
  await camera.takeInEachTheme(workbench, 'document-stop-title');
  await workbench.page.locator('.statusbar-item[id$="claudeStream.usage"]').hover();
  await workbench.page.locator('.workbench-hover').getByRole('link', { name: 'Stop' }).waitFor();
  await camera.takeInEachTheme(workbench, 'document-stop');
  gate.open();
}
