/** Where the keyboard focus is, told coarsely enough for a test to rely on. */
import type { Page } from 'playwright-core';

export interface Focus {
  readonly where: 'editor' | 'webview' | 'quickInput' | 'notification' | 'dialog' | 'other';
  /** Tag, classes and label of the element, for a failure's message. */
  readonly element: string;
}

export async function focus(page: Page): Promise<Focus> {
  return page.evaluate((): Focus => {
    const element = document.activeElement;
    const where = (): Focus['where'] => {
      if (element === null) return 'other';
      if (element.matches('iframe.webview')) return 'webview';
      if (element.closest('.quick-input-widget')) return 'quickInput';
      if (element.closest('.monaco-dialog-box')) return 'dialog';
      if (element.closest('.notifications-toasts, .notifications-center')) return 'notification';
      return element.closest('.editor-instance .monaco-editor') ? 'editor' : 'other';
    };
    const label = element?.getAttribute('aria-label') ?? '';
    return { where: where(), element: `${element?.tagName} .${element?.className} ${label}` };
  });
}
