/** Toasts in the corner, and modal dialogs. */
import type { Page } from 'playwright-core';
import { exactly } from './exactly.ts';

const toast = '.notifications-toasts .notification-list-item';

/** The texts of the toasts that are on screen now, newest first. */
export async function notificationTexts(page: Page): Promise<string[]> {
  return page.locator(`${toast} .notification-list-item-message`).allInnerTexts();
}

/** Waits for a toast whose text contains this. */
export async function waitForNotification(page: Page, text: string): Promise<void> {
  await page.locator(toast, { hasText: text }).first().waitFor();
}

/** Waits for a toast with this button, clicks it, and waits until that toast is gone. */
export async function clickNotificationButton(page: Page, label: string): Promise<void> {
  const button = page.locator(`${toast} .monaco-button`, { hasText: exactly(label) }).first();
  await button.waitFor();
  const element = await button.elementHandle();
  await button.click();
  await element?.waitForElementState('hidden');
}

export interface DialogState {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

const dialog = '.monaco-dialog-box';

/** Waits for a modal dialog and says what it shows. */
export async function readDialog(page: Page): Promise<DialogState> {
  const box = page.locator(dialog);
  await box.waitFor();
  return {
    message: (await box.locator('.dialog-message').innerText()).trim(),
    detail: (await box.locator('.dialog-message-detail').allInnerTexts()).join('\n').trim(),
    buttons: (await box.locator('.dialog-buttons .monaco-button').allInnerTexts()).map((label) =>
      label.trim(),
    ),
  };
}

export async function clickDialogButton(page: Page, label: string): Promise<void> {
  const box = page.locator(dialog);
  await box.locator('.monaco-button', { hasText: exactly(label) }).click();
  await box.waitFor({ state: 'hidden' });
}
