/** Notifications, as toasts in the corner or in the open notification centre, and modal dialogs. */
import type { Page } from 'playwright-core';
import { exactly } from './exactly.ts';
import { restMouse } from './mouse.ts';

const notification =
  ':is(.notifications-toasts, .notifications-center).visible .notification-list-item';

/** The texts of the notifications that are on screen now, newest first. */
export async function notificationTexts(page: Page): Promise<string[]> {
  return page.locator(`${notification} .notification-list-item-message`).allInnerTexts();
}

/** Waits for a notification whose text contains this. */
export async function waitForNotification(
  page: Page,
  text: string,
  timeout?: number,
): Promise<void> {
  const waiting = timeout === undefined ? {} : { timeout };
  await page.locator(notification, { hasText: text }).first().waitFor(waiting);
}

/** Waits for a notification with this button, clicks it, and waits until it is gone. */
export async function clickNotificationButton(page: Page, label: string): Promise<void> {
  const button = page
    .locator(`${notification} .monaco-button`, { hasText: exactly(label) })
    .first();
  await button.waitFor();
  const element = await button.elementHandle();
  await button.click();
  await element?.waitForElementState('hidden');
  await restMouse(page);
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
  // Where there is no detail, VS Code shows the message in the detail's place.
  const texts = await box.locator('.dialog-message, .dialog-message-detail').allInnerTexts();
  const [message = '', detail = ''] = texts.map((text) => text.trim());
  return {
    message,
    detail,
    buttons: (await box.locator('.dialog-buttons .monaco-button').allInnerTexts()).map((label) =>
      label.trim(),
    ),
  };
}

export async function clickDialogButton(page: Page, label: string): Promise<void> {
  const box = page.locator(dialog);
  await box.locator('.monaco-button', { hasText: exactly(label) }).click();
  await box.waitFor({ state: 'hidden' });
  await restMouse(page);
}
