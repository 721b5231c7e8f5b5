/**
 * The VS Code window of this process. A window takes some eight seconds to open, so the suites share
 * one: between two of them it is put in order, and only what can't be changed in an open window
 * (its folder, the place that the extension runs in, trust) loads it anew.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { canary, canaryKey, canaryOfHeaders } from '../fakes/canary-key.ts';
import { startTraces } from '../vscode/browser-trace.ts';
import { calmSettings } from '../vscode/calm-settings.ts';
import { launchBrowser } from '../vscode/ensure-browser.ts';
import { ensureHost } from '../vscode/ensure-host.ts';
import { recordConsole, saveFailure } from '../vscode/failure-report.ts';
import { openContext } from '../vscode/open-workbench.ts';
import { packVsix } from '../vscode/pack-vsix.ts';
import {
  type Settings,
  settingsFolder,
  startServer,
  type VsCodeServer,
  writeSettings,
} from '../vscode/server.ts';
import {
  WindowControl,
  windowControlFolder,
  windowControlVariable,
} from '../vscode/window-control.ts';
import { Workbench } from '../vscode/workbench.ts';
import { goToWorkbench, prepareWorkbench, untilRestored } from '../vscode/workbench-page.ts';
import { Traces } from './traces.ts';

export const projectFolder = join(import.meta.dirname, '../..');
/** As VS Code names the installed extension. */
export const extensionId = 'claude-stream.claude-stream';
/** A word that the search for the key looks for too: it shows that it finds what is there. */
export const probeWord = 'WordThatIsThere83b1';

/** What a running VS Code can't change: it takes another server. */
export interface ServerNeeds {
  readonly extension: 'developed' | 'installed';
  readonly withKey: boolean;
  /** Added to the extension host's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** What an open window can't change: it has to be loaded again. */
export interface WindowNeeds {
  /** A file of the folder to open instead of it. */
  readonly open: string | undefined;
  readonly inWorker: boolean;
  readonly isTrusted: boolean;
  /** User settings that VS Code reads only as a window opens. */
  readonly startSettings: Settings;
}

/** What changes in an open window. */
export interface Contents {
  /** True where nothing of earlier suites may be there: no conversation, no usage, no memory. */
  readonly isFresh: boolean;
  readonly userSettings: Settings;
  readonly machineSettings: Settings;
  /** Variables of the extension host. */
  readonly hostEnvironment: Readonly<Record<string, string>>;
  /** Files of the opened folder, by path in it. */
  readonly files: Readonly<Record<string, string>>;
}

export interface OpenWindow {
  readonly workbench: Workbench;
  readonly control: WindowControl;
  readonly traces: Traces;
  readonly dataDir: string;
  readonly folder: string;
}

/** The extension's browser entry then counts, although there is a machine that could run the other. */
const workerHostSettings: Settings = { 'remote.extensionKind': { [extensionId]: ['web'] } };

/** Nobody is asked at the start, so nothing is trusted. */
const restrictedSettings: Settings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'always',
};

/** What VS Code remembers of a file would lead from one suite into the next. */
const forgetfulSettings: Settings = {
  'workbench.editor.restoreViewState': false,
  'files.restoreUndoStack': false,
};

/** Of the user's data: our extension's and VS Code's own, unsaved documents among them. */
const memories = ['globalStorage', 'workspaceStorage', 'History', 'Backups'];

/** One server with its window; a window is loaded in the same page as the one before it. */
class Host {
  readonly #server: VsCodeServer;
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #consoleLog: () => string;
  readonly #folder: string;
  readonly #control: WindowControl;
  readonly #traces: Traces;
  #revision = 0;
  #opened = '';
  #isUsed = false;

  private constructor(
    server: VsCodeServer,
    context: BrowserContext,
    page: Page,
    folder: string,
    traces: Traces,
  ) {
    this.#server = server;
    this.#context = context;
    this.#page = page;
    this.#folder = folder;
    this.#traces = traces;
    this.#consoleLog = recordConsole(page);
    this.#control = new WindowControl(join(folder, '..', 'window-control.json'));
  }

  static async start(browser: Browser, needs: ServerNeeds): Promise<Host> {
    const own = await mkdtemp(join(tmpdir(), 'claude-stream-'));
    const folder = join(own, 'project');
    await mkdir(folder);
    const isInstalled = needs.extension === 'installed';
    await using vsix = isInstalled ? await packVsix() : null;
    const server = await startServer({
      host: await ensureHost(),
      extensions: vsix === null ? [] : [vsix.path],
      extensionFolders: [windowControlFolder, join(projectFolder, 'test/vscode/virtual-folder')],
      builtIns: ['git', 'git-base'],
      // Whether there is any is left to the settings, which each window has of its own.
      workspaceTrust: true,
      env: {
        ...(needs.withKey ? { ANTHROPIC_API_KEY: canaryKey } : {}),
        [windowControlVariable]: join(own, 'window-control.json'),
        ...needs.env,
      },
    });
    const context = await openContext(browser);
    const traces = new Traces([canary, canaryOfHeaders, probeWord]);
    await traces.watchMessages(context);
    await startTraces(context);
    const page = await context.newPage();
    await prepareWorkbench(page, server, isInstalled ? [] : [projectFolder]);
    return new Host(server, context, page, folder, traces);
  }

  async show(window: WindowNeeds, contents: Contents): Promise<OpenWindow> {
    const wanted = JSON.stringify(window);
    const userSettings: Settings = {
      ...calmSettings('Dark Modern'),
      ...forgetfulSettings,
      ...(window.inWorker ? workerHostSettings : {}),
      ...(window.isTrusted ? {} : restrictedSettings),
      ...window.startSettings,
      ...contents.userSettings,
    };
    const isKept = this.#opened === wanted && !(contents.isFresh && this.#isUsed);
    if (isKept) await this.#tidy();
    else if (this.#opened !== '') {
      // Whatever is unsaved or streams would come back with the next window.
      await this.#tidy();
      await this.#forget();
    }
    await this.#fill(contents.files);
    const revision = ++this.#revision;
    await this.#control.setEnvironment(contents.hostEnvironment);
    await this.#write('Machine', {
      ...contents.machineSettings,
      'windowControl.machineRevision': revision,
    });
    await this.#write('User', { ...userSettings, 'windowControl.userRevision': revision });
    if (!isKept) await this.#load(window, wanted);
    await this.#control.untilSettings({ userRevision: revision, machineRevision: revision });
    this.#isUsed = true;

    const workbench = new Workbench({
      page: this.#page,
      context: this.#context,
      server: this.#server,
      folder: this.#folder,
      extensionId,
      settings: userSettings,
      consoleLog: this.#consoleLog,
      changeUserSettings: (settings) => this.#changeUserSettings(settings, revision),
      control: this.#control,
    });
    return {
      workbench,
      control: this.#control,
      traces: this.#traces,
      dataDir: this.#server.dataDir,
      folder: this.#folder,
    };
  }

  /** Ends it. What it has left on the disk is looked at as it stands then. */
  async stop(): Promise<void> {
    await this.#context.close();
    await this.#server.stop((dataDir) => this.#traces.lookAtFolder('data', dataDir));
    await rm(join(this.#folder, '..'), { recursive: true, force: true });
    this.#traces.assertNoSecret();
  }

  async #changeUserSettings(settings: Settings, machineRevision: number): Promise<void> {
    const userRevision = ++this.#revision;
    await this.#write('User', { ...settings, 'windowControl.userRevision': userRevision });
    await this.#control.untilSettings({ userRevision, machineRevision });
  }

  async #write(whose: 'Machine' | 'User', settings: Settings): Promise<void> {
    await writeSettings(settingsFolder(this.#server.dataDir, whose), settings);
  }

  /** The window stays, and nothing is open in it. */
  async #tidy(): Promise<void> {
    // A dialog holds up every command.
    const dialog = this.#page.locator('.monaco-dialog-box');
    if (await dialog.isVisible()) await this.#page.keyboard.press('Escape');
    await this.#control.tidy();
    await this.#page.locator('iframe.webview').first().waitFor({ state: 'detached' });
    await this.#page.evaluate(() => navigator.clipboard.writeText(''));
    await this.#page.mouse.move(0, 0);
  }

  /** The window goes, with all that VS Code and the extension remember. */
  async #forget(): Promise<void> {
    const { origin } = new URL(this.#server.url);
    // A page of the same origin: the process that shows it has VS Code's code compiled already.
    await this.#page.goto(`${origin}/version`);
    const session = await this.#context.newCDPSession(this.#page);
    const storageTypes = 'cookies,indexeddb,local_storage,cache_storage';
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
    await session.detach();
    await this.#page.evaluate(() => sessionStorage.clear());
    const user = settingsFolder(this.#server.dataDir, 'User');
    for (const name of memories) await rm(join(user, name), { recursive: true, force: true });
  }

  async #fill(files: Readonly<Record<string, string>>): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.#folder, name)), { recursive: true });
      await writeFile(join(this.#folder, name), text);
    }
  }

  async #load({ open }: WindowNeeds, wanted: string): Promise<void> {
    await this.#control.forget();
    this.#opened = '';
    try {
      const folder = open === undefined ? this.#folder : join(this.#folder, open);
      await goToWorkbench(this.#page, this.#server, folder);
      await untilRestored(this.#page);
    } catch (cause) {
      const logs = `${this.#consoleLog()}\n\n--- server\n${this.#server.output()}`;
      const path = await saveFailure(this.#page, 'open workbench', logs);
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`The workbench didn't open: ${reason}\nSee ${path}.png and .log`, { cause });
    }
    this.#opened = wanted;
    this.#isUsed = false;
  }
}

let browser: Browser | undefined;
let host: { readonly needs: string; readonly host: Host } | undefined;

/** Why windows didn't end well, a secret in their data among it. */
const stopErrors: unknown[] = [];

/** The window as it is needed; whatever it was before is closed. */
export async function showWindow(
  needs: ServerNeeds,
  window: WindowNeeds,
  contents: Contents,
): Promise<OpenWindow> {
  try {
    return await (await hostFor(needs)).show(window, contents);
  } catch (error) {
    console.log(`The window couldn't be put in order: ${error}`);
    await leaveWindow();
    return (await hostFor(needs)).show(window, contents);
  }
}

/** The next suite gets another window: nobody knows what this one has become. */
export async function leaveWindow(): Promise<void> {
  const before = host;
  host = undefined;
  // Whose window comes next isn't to blame for what the last one left behind.
  await before?.host.stop().catch((error: unknown) => stopErrors.push(error));
}

async function hostFor(needs: ServerNeeds): Promise<Host> {
  const wanted = JSON.stringify(needs);
  if (host?.needs !== wanted) {
    await leaveWindow();
    browser ??= await launchBrowser();
    host = { needs: wanted, host: await Host.start(browser, needs) };
  }
  return host.host;
}

/**
 * Ends what is open.
 * @throws what the windows before it failed with, too
 */
export async function closeWindow(): Promise<void> {
  const [openHost, openBrowser] = [host, browser];
  host = undefined;
  browser = undefined;
  try {
    await openHost?.host.stop();
  } finally {
    await openBrowser?.close();
  }
  if (stopErrors.length > 0) throw new AggregateError(stopErrors, stopErrors.join('\n'));
}
