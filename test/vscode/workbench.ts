/** A VS Code window, driven as a person would: by keys, mouse, and what is on the screen. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { type ColorTheme, colorThemes } from './calm-settings.ts';
import {
  contextMenu,
  copyText,
  goTo,
  type Place,
  type Range,
  select,
  untilSelected,
  visibleText,
} from './editor.ts';
import { saveFailure } from './failure-report.ts';
import { type Focus, focus } from './focus.ts';
import { pressKeys } from './keys.ts';
import {
  clickDialogButton,
  clickNotificationButton,
  type DialogState,
  notificationTexts,
  readDialog,
  waitForNotification,
} from './notifications.ts';
import { panelFrame, type WhichPanel } from './panel-frame.ts';
import { QuickInput } from './quick-input.ts';
import { type Settings, settingsFolder, type VsCodeServer, writeSettings } from './server.ts';
import { StatusBarItem } from './status-bar-item.ts';
import { closeActiveTab, type Tab, tabs, waitForActiveTab } from './tabs.ts';
import type { WindowControl } from './window-control.ts';
import { untilRestored } from './workbench-page.ts';

export interface WorkbenchParts {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly server: VsCodeServer;
  readonly folder: string;
  /** `publisher.name` of the extension under development. */
  readonly extensionId: string | undefined;
  readonly settings: Settings;
  /** The page's console so far. */
  readonly consoleLog: () => string;
  /** Writes the user's settings.json, and may wait until VS Code has read it. */
  readonly changeUserSettings?: ((settings: Settings) => Promise<void>) | undefined;
  /** Does at once what only leads up to what is tested; by hand without it. */
  readonly control?: WindowControl | undefined;
}

export class Workbench implements AsyncDisposable {
  /** For what these methods don't cover. */
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly #parts: WorkbenchParts;
  #settings: Settings;

  constructor(parts: WorkbenchParts) {
    this.page = parts.page;
    this.quickInput = new QuickInput(parts.page);
    this.#parts = parts;
    this.#settings = parts.settings;
  }

  /**
   * Runs a command by its exact row in the palette, e.g. 'Claude: Ask'. Tries again while the row is
   * missing: the palette doesn't notice commands that are registered while it is open.
   */
  async runCommand(title: string): Promise<void> {
    await this.#step(`run command ${title}`, async () => {
      const deadline = Date.now() + 20_000;
      for (;;) {
        try {
          await this.quickInput.openWith('F1', `>${title}`);
          return await this.quickInput.choose(title, 2000);
        } catch (error) {
          if (Date.now() > deadline) throw error;
          await this.quickInput.dismiss().catch(() => {});
        }
      }
    });
  }

  /** Runs a command that offers rows, and chooses one. */
  async runCommandAndChoose(title: string, row: string): Promise<void> {
    await this.runCommandAndFocus(title, row);
    await this.quickInput.accept();
  }

  /**
   * Runs a command that offers rows, and moves to one. Tries again if the rows are gone before that:
   * they go when the focus is just then on its way back to where it was before.
   */
  async runCommandAndFocus(title: string, row: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.runCommand(title);
      try {
        return await this.quickInput.focusRow(row, 10_000);
      } catch (error) {
        if (attempt === 3) throw error;
        await this.quickInput.dismiss().catch(() => {});
      }
    }
  }

  /** Begins a command by its id, where the way to it isn't what is tested. */
  async begin(command: string, ...parameters: readonly unknown[]): Promise<void> {
    const { control } = this.#parts;
    if (control === undefined) throw new Error('Nothing controls this window.');
    await this.#step(`begin ${command}`, () => control.begin(command, ...parameters));
  }

  /** Opens a file of the folder, by quick open if it is by hand, and waits until it has the focus. */
  async openFile(relativePath: string): Promise<void> {
    await this.#step(`open file ${relativePath}`, async () => {
      const name = relativePath.slice(relativePath.lastIndexOf('/') + 1);
      const path = `${this.#parts.folder}/${relativePath}`;
      if (this.#parts.control !== undefined) await this.#parts.control.openFile(path);
      else {
        // The absolute path, because the host has no ripgrep to search with.
        await this.quickInput.openWith('Control+P', path);
        await this.quickInput.choose(name);
      }
      await waitForActiveTab(this.page, name);
      await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    });
  }

  async goTo(place: Place): Promise<void> {
    await this.#step('go to', () =>
      this.#parts.control === undefined
        ? goTo(this.page, this.quickInput, place)
        : this.#selectAtOnce(this.#parts.control, { from: place, to: place }),
    );
  }

  async select(range: Range): Promise<void> {
    await this.#step('select', () =>
      this.#parts.control === undefined
        ? select(this.page, this.quickInput, range)
        : this.#selectAtOnce(this.#parts.control, range),
    );
  }

  async #selectAtOnce(control: WindowControl, range: Range): Promise<void> {
    await control.select(range);
    await untilSelected(this.page, range);
  }

  /** Right-clicks on the selection and chooses an item; submenus on the way come first. */
  async contextMenu(...path: string[]): Promise<void> {
    await this.#step(`context menu ${path.join(' ')}`, () => contextMenu(this.page, path));
  }

  /** Presses keys in Playwright's names, to wherever the focus is: 'Control+K Control+S'. */
  async press(keys: string): Promise<void> {
    await pressKeys(this.page, keys);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** The active document's text; it has to fit on the screen. Changes nothing. */
  async editorText(): Promise<string> {
    return this.#step('editor text', () => visibleText(this.page));
  }

  /** The active document's whole text, of any length. Moves focus and selection. */
  async copyEditorText(): Promise<string> {
    return this.#step('copy editor text', () => copyText(this.page));
  }

  async tabs(): Promise<Tab[]> {
    return tabs(this.page);
  }

  async waitForActiveTab(title: string): Promise<void> {
    await this.#step(`active tab ${title}`, () => waitForActiveTab(this.page, title));
  }

  async closeActiveTab(): Promise<void> {
    await this.#step('close tab', () => closeActiveTab(this.page));
  }

  async focus(): Promise<Focus> {
    return focus(this.page);
  }

  async notifications(): Promise<string[]> {
    return notificationTexts(this.page);
  }

  async waitForNotification(text: string): Promise<void> {
    await this.#step(`notification ${text}`, async () => {
      const { control } = this.#parts;
      try {
        await waitForNotification(this.page, text, control === undefined ? undefined : 8000);
      } catch (error) {
        if (control === undefined) throw error;
        // A toast goes by itself; the list keeps what it said.
        await control.begin('notifications.showList');
        await waitForNotification(this.page, text);
      }
    });
  }

  async clickNotificationButton(label: string): Promise<void> {
    await this.#step(`button ${label}`, () => clickNotificationButton(this.page, label));
  }

  async dialog(): Promise<DialogState> {
    return this.#step('dialog', () => readDialog(this.page));
  }

  async clickDialogButton(label: string): Promise<void> {
    await this.#step(`dialog button ${label}`, () => clickDialogButton(this.page, label));
  }

  statusBarItem(idSuffix: string): StatusBarItem {
    return new StatusBarItem(this.page, idSuffix);
  }

  /** The document of our extension's webview, as soon as it is there. */
  async panelFrame(which: WhichPanel = {}): Promise<Frame> {
    const { extensionId } = this.#parts;
    return this.#step('panel', () => panelFrame(this.page, { extensionId, ...which }));
  }

  /** Adds to the user's settings.json; VS Code sees the file change. */
  async changeSettings(changes: Settings): Promise<void> {
    this.#settings = { ...this.#settings, ...changes };
    const { changeUserSettings, server } = this.#parts;
    if (changeUserSettings !== undefined) return changeUserSettings(this.#settings);
    await writeSettings(settingsFolder(server.dataDir, 'User'), this.#settings);
  }

  /** Changes the theme and waits until the workbench wears it. */
  async setColorTheme(name: ColorTheme): Promise<void> {
    await this.#step(`theme ${name}`, async () => {
      if (await this.page.locator(wearing(name)).isVisible()) return;
      // With an extension under development VS Code starts in its default theme, whatever the
      // setting says, and then sees a change of the setting alone: so there has to be one.
      if (this.#settings['workbench.colorTheme'] === colorThemes[name]) {
        await this.#changeTheme(name === 'Light Modern' ? 'Dark High Contrast' : 'Light Modern');
      }
      await this.#changeTheme(name);
    });
  }

  async #changeTheme(name: ColorTheme): Promise<void> {
    await this.changeSettings({ 'workbench.colorTheme': colorThemes[name] });
    await this.page.locator(wearing(name)).waitFor();
  }

  /** Waits until nothing but our own item turns in the status bar any more, for pictures. */
  async untilIdle(): Promise<void> {
    await this.#step('until idle', async () => {
      const others = '.statusbar-item:not([id$="claudeStream.usage"])';
      const busy = this.page.locator(`${others} .codicon-loading`).filter({ visible: true });
      await busy.first().waitFor({ state: 'hidden', timeout: 60_000 });
    });
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path, animations: 'disabled', caret: 'initial' });
  }

  /** Reloads the window by the command, which lets VS Code save its state, and waits for it. */
  async reload(): Promise<void> {
    await this.#step('reload', async () => {
      await this.#parts.control?.forget();
      const loaded = this.page.waitForEvent('load', { timeout: 60_000 });
      await this.runCommand('Developer: Reload Window');
      await loaded;
      await untilRestored(this.page);
    });
  }

  /**
   * Saves a screenshot and the logs to `.vscode-test/failures/` and gives their path. Failing methods
   * do it themselves; a test's `afterEach` can call it for a test that failed otherwise.
   */
  async saveFailure(name: string): Promise<string> {
    return saveFailure(this.page, name, this.logs());
  }

  /** What the page and the server have printed so far. */
  logs(): string {
    const { consoleLog, server } = this.#parts;
    return `${consoleLog()}\n\n--- server\n${server.output()}`;
  }

  /** Closes the window. The server, and the browser, are their owner's to stop. */
  async stop(): Promise<void> {
    await this.#parts.context.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #step<T>(name: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (cause) {
      const path = await this.saveFailure(name);
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${name}: ${reason}\nSee ${path}.png and .log`, { cause });
    }
  }
}

function wearing(name: ColorTheme): string {
  return `.monaco-workbench${themeClass[name]}`;
}

const themeClass: Readonly<Record<ColorTheme, string>> = {
  'Light Modern': '[class*="light_modern"]',
  'Dark Modern': '[class*="dark_modern"]',
  'Light High Contrast': '.hc-light',
  'Dark High Contrast': '.hc-black',
};
