/** Opens a VS Code window in a fresh browser context, calm and ready to use. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type ColorTheme, calmSettings } from './calm-settings.ts';
import { recordConsole, saveFailure } from './failure-report.ts';
import { type Settings, settingsFolder, type VsCodeServer, writeSettings } from './server.ts';
import { Workbench } from './workbench.ts';
import { loadWorkbench, untilRestored } from './workbench-page.ts';

export interface WorkbenchOptions {
  readonly browser: Browser;
  /** One server holds one user's settings, so give each workbench its own; it starts in 0.3 s. */
  readonly server: VsCodeServer;
  /** Absolute path of the folder or `.code-workspace` file to open. */
  readonly folder: string;
  /** Absolute path of the extension to load from its sources; none for an installed one. */
  readonly extensionPath?: string;
  /** `publisher.name` of an installed extension, to tell its webviews from others. */
  readonly extensionId?: string;
  readonly testsPath?: string;
  /** Added to the calm ones. */
  readonly userSettings?: Settings;
  readonly colorTheme?: ColorTheme;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Physical pixels per CSS pixel; 2 for pictures that are sharp everywhere. */
  readonly scale?: number;
}

export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { browser, server, folder, extensionPath, testsPath } = options;
  const settings = {
    ...calmSettings(options.colorTheme ?? 'Dark Modern'),
    ...options.userSettings,
  };
  // This build keeps the user's settings on the server's disk, not in the browser.
  await writeSettings(settingsFolder(server.dataDir, 'User'), settings);
  const extensionId = options.extensionId ?? (await extensionIdOf(extensionPath));

  const context = await openContext(browser, options);
  const page = await context.newPage();
  const consoleLog = recordConsole(page);
  try {
    const extensionPaths = extensionPath === undefined ? [] : [extensionPath];
    await loadWorkbench(page, { server, folder, extensionPaths, testsPath });
    await untilRestored(page);
    await hideMachineDetails(page);
  } catch (cause) {
    const logs = `${consoleLog()}\n\n--- server\n${server.output()}`;
    const path = await saveFailure(page, 'open workbench', logs);
    await context.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The workbench didn't open: ${reason}\nSee ${path}.png and .log`, { cause });
  }
  return new Workbench({ page, context, server, folder, extensionId, settings, consoleLog });
}

/** What a window is opened in, of its own storage. */
export async function openContext(
  browser: Browser,
  { viewport, scale }: Pick<WorkbenchOptions, 'viewport' | 'scale'> = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: viewport ?? { width: 1280, height: 800 },
    deviceScaleFactor: scale ?? 1,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    locale: 'en-US',
  });
  context.setDefaultTimeout(15_000);
  return context;
}

async function extensionIdOf(extensionPath: string | undefined): Promise<string | undefined> {
  if (extensionPath === undefined) return undefined;
  const manifest: unknown = JSON.parse(await readFile(join(extensionPath, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null) return undefined;
  const { publisher, name } = manifest as { publisher?: unknown; name?: unknown };
  return typeof publisher === 'string' && typeof name === 'string'
    ? `${publisher}.${name}`
    : undefined;
}

/** Two items of the status bar that a browser has and the desktop doesn't. */
async function hideMachineDetails(page: Page): Promise<void> {
  const items = ['status.workbench.keyboardLayout', 'status.forwardedPorts'];
  const selector = items.map((id) => `[id="${id}"]`).join(', ');
  await page.addStyleTag({ content: `${selector} { display: none !important; }` });
}
