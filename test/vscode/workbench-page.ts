/** Loads the workbench into a page, with an extension under development and perhaps its tests. */
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import type { VsCodeServer } from './server.ts';

export interface WorkbenchTarget {
  readonly server: VsCodeServer;
  /** Absolute path of the folder or `.code-workspace` file to open. */
  readonly folder?: string | undefined;
  /** Absolute paths of the extensions to load from their sources. */
  readonly extensionPaths: readonly string[];
  /** Absolute path of a module that exports `run(): Promise<void>`. */
  readonly testsPath?: string | undefined;
}

/** The part of the page's configuration that names what is under development. */
interface DevelopmentOptions {
  readonly extensions: readonly RemoteUri[];
  readonly extensionTestsPath?: RemoteUri;
}

interface RemoteUri {
  readonly scheme: 'vscode-remote';
  readonly authority: string;
  readonly path: string;
}

/**
 * Opens the page; VS Code is still starting then. The extension is named in the page's configuration,
 * which is edited as the page loads. The other way, a `payload` in the address, works in a built VS
 * Code only with its smoke test driver, and that one hides all toasts.
 */
export async function loadWorkbench(page: Page, target: WorkbenchTarget): Promise<void> {
  const { server, folder, extensionPaths, testsPath } = target;
  await prepareWorkbench(page, server, extensionPaths, testsPath);
  await goToWorkbench(page, server, folder);
}

/** Names what is under development to every workbench that the page loads from now on. */
export async function prepareWorkbench(
  page: Page,
  server: VsCodeServer,
  extensionPaths: readonly string[],
  testsPath?: string,
): Promise<void> {
  const remote = (path: string): RemoteUri => ({
    scheme: 'vscode-remote',
    authority: `127.0.0.1:${server.port}`,
    path: pathToFileURL(path).pathname,
  });
  const development: DevelopmentOptions = {
    extensions: extensionPaths.map(remote),
    ...(testsPath === undefined ? {} : { extensionTestsPath: remote(testsPath) }),
  };
  // Also runs at each reload, and before the page's own scripts, which are deferred modules.
  await page.addInitScript((developmentOptions) => {
    if (window !== window.top) return;
    const configure = (): void => {
      const meta = document.getElementById('vscode-workbench-web-configuration');
      const configuration = JSON.parse(meta?.getAttribute('data-settings') ?? '{}');
      // VS Code only sees changes of the user's settings.json if its address names the host.
      const userDataPath = `//${location.host}${configuration.userDataPath}`;
      const edited = { ...configuration, developmentOptions, userDataPath };
      meta?.setAttribute('data-settings', JSON.stringify(edited));
    };
    document.addEventListener('readystatechange', configure, { once: true });
  }, development);
}

/** Opens a folder or `.code-workspace` file in a page that is prepared; none without it. */
export async function goToWorkbench(
  page: Page,
  server: VsCodeServer,
  folder?: string,
): Promise<void> {
  const address = new URL(server.url);
  // Without a folder VS Code would open the one of the last time.
  if (folder === undefined) address.searchParams.set('ew', 'true');
  else
    address.searchParams.set(
      extname(folder) === '.code-workspace' ? 'workspace' : 'folder',
      folder,
    );
  const payload = { skipWelcome: 'true', skipReleaseNotes: 'true' };
  address.searchParams.set('payload', JSON.stringify(Object.entries(payload)));
  await page.goto(address.href, { waitUntil: 'commit' });
}

/**
 * Waits until the window is complete and all extensions are known, by VS Code's own timing marks. Their
 * code may still have to start; VS Code does that when a command needs it.
 */
export async function untilRestored(page: Page): Promise<void> {
  const marks = ['code/LifecyclePhase/Restored', 'code/didLoadExtensions'];
  await page.waitForFunction(
    (names) => names.every((name) => performance.getEntriesByName(name).length > 0),
    marks,
    { timeout: 90_000 },
  );
}
