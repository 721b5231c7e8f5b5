/**
 * The VS Code that the tests run in: the server build from the npm package code-server, installed
 * once into `.vscode-test/`. No download from Microsoft, so it also works behind a firewall.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { testCacheFolder } from './paths.ts';
import { type Progress, startProgress } from './progress.ts';
import { runQuietly } from './run-quietly.ts';

export const codeServerVersion = '4.139.1';

/** The built-in chat service's extension: 20 MB of script that would start with every window. */
const unwantedExtension = 'copilot';

/** Native modules that every start needs; small stand-ins in JavaScript take their place. */
const nativeModules = ['spdlog', 'native-watchdog'];

/** What is needed to start the server build of VS Code. */
export interface Host {
  readonly version: string;
  /** The Node that runs it: ours, because code-server wants Node 24 whatever the machine has. */
  readonly node: string;
  /** VS Code's own entry point; code-server's wrapper with its login page stays out of it. */
  readonly serverMain: string;
  /** VS Code's own folder: `out/`, `extensions/`, `product.json`. */
  readonly root: string;
}

/** Installs the host if it isn't there yet (20 s to 60 s, once) and says where it is. */
export async function ensureHost(): Promise<Host> {
  const folder = join(testCacheFolder, `code-server-${codeServerVersion}`);
  if (!existsSync(serverMainIn(folder))) await installInto(folder);
  return {
    version: codeServerVersion,
    node: process.execPath,
    serverMain: serverMainIn(folder),
    root: vscodeIn(folder),
  };
}

function vscodeIn(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

function serverMainIn(folder: string): string {
  return join(vscodeIn(folder), 'out', 'server-main.js');
}

/**
 * Installs beside the final folder and renames at the end: an interrupted install is never taken
 * for a finished one, and of two processes at once the second simply finds the work done.
 */
async function installInto(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  const progress = startProgress(`Installing the test host (code-server ${codeServerVersion})`);
  try {
    await writeFile(join(draft, 'package.json'), '{ "private": true }\n');
    await npmInstall(draft, [`code-server@${codeServerVersion}`], progress);
    await npmInstall(vscodeIn(draft), ['--omit=dev'], progress);
    if (!existsSync(serverMainIn(draft))) {
      throw new Error(`code-server ${codeServerVersion} has no lib/vscode/out/server-main.js.`);
    }
    const extensions = join(vscodeIn(draft), 'extensions');
    // TypeScript, which the built-in language features need to report problems.
    await npmInstall(extensions, ['--omit=dev'], progress);
    await rm(join(extensions, unwantedExtension), { recursive: true, force: true });
    for (const name of nativeModules) {
      const standIn = join(import.meta.dirname, 'stand-ins', `${name}.cjs`);
      const module = join(vscodeIn(draft), 'node_modules', '@vscode', name);
      await copyFile(standIn, join(module, 'index.js'));
    }
    await putInPlace(draft, folder);
    progress.done();
  } catch (error) {
    progress.failed();
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function putInPlace(draft: string, folder: string): Promise<void> {
  try {
    await rename(draft, folder);
  } catch (error) {
    // Another process was faster. Its install is as good as ours.
    if (!existsSync(serverMainIn(folder))) throw error;
  }
}

/** Runs npm without install scripts: building native modules takes minutes and a compiler. */
async function npmInstall(cwd: string, what: readonly string[], progress: Progress): Promise<void> {
  const windows = process.platform === 'win32';
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...what];
  await runQuietly(windows ? 'npm.cmd' : 'npm', args, {
    cwd,
    shell: windows,
    env: npmEnvironment(),
    onOutput: progress.tick,
  });
}

/**
 * An npm script hands its own settings down as npm_* variables, and an `npm ci --omit=…` or a
 * `--prefix` of ours is not meant for this install. The user's npmrc still counts.
 */
function npmEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^npm_(?!config_(registry|userconfig|globalconfig|cache|proxy|https_proxy)$)/i.test(name),
  );
  return Object.fromEntries(kept);
}
