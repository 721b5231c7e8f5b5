import { canaryKey } from '../fakes/canary-key.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { PanelPage } from './panel.ts';

/* What a person sees or does in the workbench that only these tests need. */

/** The labels of the editor's context menu at the cursor; the menu is closed again. */
export async function contextMenuItems({ page }: Workbench): Promise<readonly string[]> {
  await page.keyboard.press('Shift+F10');
  const menu = page.locator('.context-view .monaco-menu').first();
  await menu.waitFor();
  const labels = await menu.locator('.action-label').allInnerTexts();
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  return labels;
}

/** What was copied, as soon as it is there; nothing may have been copied before. */
export async function clipboard({ page }: Workbench): Promise<string> {
  const deadline = Date.now() + 10_000;
  let copied = '';
  while (copied === '' && Date.now() < deadline) {
    copied = await page.evaluate(() => navigator.clipboard.readText());
  }
  return copied;
}

/** Waits until a reply is written into its document to the end: its progress is gone. */
export async function waitUntilWritten({ page }: Workbench): Promise<void> {
  const progress = page.locator('.notification-list-item', { hasText: 'Claude is writing' });
  await progress.waitFor({ state: 'hidden', timeout: 30_000 });
}

/** The language of the active editor, as the status bar names it. */
export async function languageMode({ page }: Workbench): Promise<string> {
  return page.locator('[id="status.editor.mode"]').innerText();
}

/** Such as `Ln 1, Col 1`, of the active editor. */
export async function cursorPlace({ page }: Workbench): Promise<string> {
  return page.locator('[id="status.editor.selection"]').innerText();
}

/** Waits until that is there, such as `Ln 3, Col 1 (9 selected)`. */
export async function waitForCursorPlace({ page }: Workbench, place: string): Promise<void> {
  await page.locator('[id="status.editor.selection"]').getByText(place, { exact: true }).waitFor();
}

/** Shows the tab of an untitled document; there has to be just one. */
export async function showUntitled({ page }: Workbench): Promise<void> {
  await page.locator('.tab', { hasText: 'Untitled-' }).click();
}

/** Closes that tab without saving. */
export async function closeUntitled(workbench: Workbench): Promise<void> {
  await showUntitled(workbench);
  await workbench.closeActiveTab();
  if (await workbench.page.locator('.monaco-dialog-box').isVisible()) {
    await workbench.clickDialogButton("Don't Save");
  }
}

/** Waits until some editor shows this text. */
export async function waitForEditorText({ page }: Workbench, text: string): Promise<void> {
  // The editor draws spaces as no-break spaces.
  const drawn = new RegExp(text.split(' ').map(escapeRegExp).join('[ \\u00a0]'));
  await page.locator('.monaco-editor .view-lines', { hasText: drawn }).first().waitFor();
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Sets an API key that the API takes. */
export async function setApiKey(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Claude: Set API Key…');
  await workbench.quickInput.type(canaryKey);
  await workbench.quickInput.accept();
  await workbench.quickInput.waitUntilClosed();
}

/** Asks from the palette: runs the command and types the question. */
export async function askByHand(
  workbench: Workbench,
  question: string,
  command = 'Claude: Ask…',
): Promise<void> {
  await workbench.runCommand(command);
  await workbench.page
    .locator('.quick-input-title', { hasText: 'Ask Claude' })
    .filter({ visible: true })
    .waitFor();
  await workbench.quickInput.type(question);
  await workbench.quickInput.accept();
}

/** Asks by the command, with the question given to it. */
export async function ask(workbench: Workbench, question: string): Promise<void> {
  await workbench.begin('claudeStream.ask', { prompt: question });
}

/** Asks into a new document in that way. */
export async function askIntoDocument(workbench: Workbench, question: string): Promise<void> {
  await workbench.begin('claudeStream.askInDocument', { prompt: question });
}

/** What the palette offers for these words, as it opens now; it is closed again. */
export async function commandsLike(
  workbench: Workbench,
  words: string,
): Promise<readonly string[]> {
  await workbench.press('F1');
  await workbench.quickInput.type(`>${words}`);
  const listed = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: words });
  await listed.first().waitFor();
  const { rows } = await workbench.quickInput.read();
  await workbench.quickInput.cancel();
  return rows.map(({ label }) => label);
}

/** Asks in the panel, and gives the panel once the new turn stands in it. */
export async function askInPanel(
  workbench: Workbench,
  question: string,
  how: typeof ask = ask,
): Promise<PanelPage> {
  const isOpen = (await workbench.page.locator('iframe.webview').count()) > 0;
  const before = isOpen ? await new PanelPage(await workbench.panelFrame()).replies() : 0;
  await how(workbench, question);
  const panel = new PanelPage(await workbench.panelFrame());
  await panel.frame.locator('[data-reply]').nth(before).waitFor();
  return panel;
}
