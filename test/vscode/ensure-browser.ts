/**
 * The browser that shows the workbench. Whatever Chromium the machine has is used; Playwright's own
 * download is not, because it can't be reached from everywhere.
 */
import { existsSync, readFileSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { startProgress } from './progress.ts';
import { runQuietly } from './run-quietly.ts';

const isRoot = process.getuid?.() === 0;

/**
 * For a page that shall look and behave the same everywhere: nothing in the background, no GPU, no
 * sub-pixel text colours, and no way out to the internet (the workbench would ask its gallery).
 */
export const launchFlags: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-lcd-text',
  '--font-render-hinting=none',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Starts the browser, headless. Playwright ends it when this process ends, however it ends. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureBrowser(),
    headless: true,
    // Chromium refuses its sandbox to root, and to nobody else.
    chromiumSandbox: !isRoot,
    args: [...launchFlags],
  });
}

/** The path of a Chromium, Chrome or Edge; installs Debian's as root where there is none. */
export async function ensureBrowser(): Promise<string> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (await isExecutable(chosen)) return chosen;
    throw new Error(`CHROME_PATH is ${chosen}, which can't be executed.`);
  }
  const found = await firstExecutable(usualLocations());
  if (found !== undefined) return found;
  if (isRoot && isDebianLike()) {
    await installWithApt();
    const installed = await firstExecutable(usualLocations());
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'No Chromium, Chrome or Edge found. Install one (Debian, Ubuntu: apt-get install chromium ' +
      'fonts-dejavu-core), or set CHROME_PATH to its executable.',
  );
}

function usualLocations(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((name) => process.env[name])
      .filter((root) => root !== undefined);
    const apps = ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'];
    const files = ['chrome.exe', 'chrome.exe', 'msedge.exe'];
    return roots.flatMap((root) =>
      apps.map((app, index) => join(root, app, 'Application', files[index] ?? 'chrome.exe')),
    );
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute), '/usr/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isDebianLike(): boolean {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** The fonts come along because without any, screenshots show boxes instead of text. */
async function installWithApt(): Promise<void> {
  const progress = startProgress('Installing Chromium (apt)');
  const packages = ['chromium', 'fonts-dejavu-core', 'fonts-liberation'];
  try {
    await apt(['update'], progress.tick);
    await apt(['install', '-y', '--no-install-recommends', ...packages], progress.tick);
    progress.done();
  } catch (error) {
    progress.failed();
    throw error;
  }
}

async function apt(args: readonly string[], onOutput: () => void): Promise<void> {
  // Another apt may hold the lock; waiting beats failing.
  await runQuietly('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    onOutput,
  });
}
