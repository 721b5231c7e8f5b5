/** Starts and ends the server build of VS Code, each time with a fresh data folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type BuiltInWithCode, linkBuiltIns } from './built-in-extensions.ts';
import type { Host } from './ensure-host.ts';
import { type Environment, impersonalEnvironment } from './environment.ts';
import { testCacheFolder } from './paths.ts';
import { runQuietly } from './run-quietly.ts';

export type Settings = Readonly<Record<string, unknown>>;

export interface ServerOptions {
  readonly host: Host;
  /** Added to the environment of the extension host, which is ours without what is personal. */
  readonly env?: Environment;
  /** Packaged extensions (.vsix) to install before the start. */
  readonly extensions?: readonly string[];
  /** Folders of built extensions to have installed as they stand there, without packaging. */
  readonly extensionFolders?: readonly string[];
  /** Built-in extensions to have besides those that only declare something; all without it. */
  readonly builtIns?: readonly BuiltInWithCode[] | undefined;
  /** Whether folders are to be trusted before they count as it; else each is from the start. */
  readonly workspaceTrust?: boolean;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Ends the start, or the server. */
  readonly signal?: AbortSignal;
}

/**
 * The machine settings and the user's, each a settings.json in a data folder. Application-scoped
 * settings count in the user's alone.
 */
export function settingsFolder(dataDir: string, whose: 'Machine' | 'User'): string {
  return join(dataDir, 'data', whose);
}

export interface VsCodeServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** VS Code's `--server-data-dir`; gone after `stop()`. */
  readonly dataDir: string;
  /** What the server has printed so far, for failure reports. */
  output(): string;
  /**
   * Ends the server with everything it started, and removes its data; before that they can be looked
   * at as the server left them.
   */
  stop(look?: (dataDir: string) => Promise<void>): Promise<void>;
}

const startDeadline = 60_000;
const supervisor = join(import.meta.dirname, 'server-supervisor.ts');

export async function startServer(options: ServerOptions): Promise<VsCodeServer> {
  options.signal?.throwIfAborted();
  const { host, extensions = [], extensionFolders = [] } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'vscode-server-'));
  try {
    // Folders first: an installation is a start, and later ones take no further folders.
    for (const folder of extensionFolders) await linkExtension(dataDir, folder);
    for (const vsix of extensions) await installVsix(host, dataDir, vsix);
    if (options.builtIns !== undefined) {
      await linkBuiltIns(host, builtInsFolder(dataDir), options.builtIns);
    }
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
  return launch(options, dataDir);
}

/** Installs a packaged extension into a data folder, as a user would from the Extensions view. */
export async function installVsix(host: Host, dataDir: string, vsixPath: string): Promise<void> {
  await runQuietly(
    host.node,
    [host.serverMain, ...dataFlags(dataDir), '--install-extension', vsixPath],
    { env: serverEnvironment({}) },
  );
}

/** VS Code takes every folder that it finds there at its first start. */
async function linkExtension(dataDir: string, folder: string): Promise<void> {
  const installed = join(dataDir, 'extensions');
  await mkdir(installed, { recursive: true });
  await symlink(folder, join(installed, basename(folder)), 'junction');
}

export async function writeSettings(folder: string, settings: Settings): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`);
}

function builtInsFolder(dataDir: string): string {
  return join(dataDir, 'built-in-extensions');
}

function dataFlags(dataDir: string): string[] {
  return [
    '--accept-server-license-terms',
    '--server-data-dir',
    dataDir,
    '--telemetry-level',
    'off',
  ];
}

function serverFlags(
  dataDir: string,
  { port = 0, workspaceTrust, builtIns }: ServerOptions,
): string[] {
  return [
    ...dataFlags(dataDir),
    ...(builtIns === undefined ? [] : ['--builtin-extensions-dir', builtInsFolder(dataDir)]),
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--without-connection-token',
    ...(workspaceTrust === true ? [] : ['--disable-workspace-trust']),
    '--disable-update-check',
    '--disable-getting-started-override',
    // A closed page never comes back; its extension host shall not wait three hours for it.
    '--reconnection-grace-time',
    '10',
  ];
}

/**
 * Ours for the server and its extension hosts. The compile cache halves the extension host's start;
 * without a gallery nothing asks the internet for extensions.
 */
const harnessEnvironment: Environment = {
  NODE_COMPILE_CACHE: join(testCacheFolder, 'node-compile-cache'),
  EXTENSIONS_GALLERY: '{}',
  // As from a command line: no login shell is started to hear of its environment.
  VSCODE_CLI: '1',
};

function serverEnvironment(extra: Environment): NodeJS.ProcessEnv {
  return { ...impersonalEnvironment(), ...harnessEnvironment, ...extra };
}

async function launch(options: ServerOptions, dataDir: string): Promise<VsCodeServer> {
  const { host, env = {}, signal } = options;
  const child = spawn(
    process.execPath,
    [supervisor, dataDir, host.node, host.serverMain, ...serverFlags(dataDir, options)],
    // Detached, so that Ctrl+C in a terminal reaches us only and the supervisor can tidy up.
    { stdio: ['pipe', 'pipe', 'pipe'], detached: true, env: serverEnvironment(env) },
  );
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  // The pipe may close while we write the end to it.
  child.stdin.on('error', () => {});
  const stop = async (look?: (dataDir: string) => Promise<void>): Promise<void> => {
    signal?.removeEventListener('abort', onAbort);
    child.stdin.end(look === undefined ? '' : 'keep');
    await exited;
    try {
      await look?.(dataDir);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  };
  const onAbort = (): void => {
    void stop();
  };
  signal?.addEventListener('abort', onAbort, { once: true });

  let output = '';
  try {
    const actualPort = await listeningPort(child, (text) => {
      output = (output + text).slice(-100_000);
    });
    return {
      url: `http://127.0.0.1:${actualPort}`,
      port: actualPort,
      dataDir,
      output: () => output,
      stop,
      [Symbol.asyncDispose]: () => stop(),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for the line that says where the server listens, and keeps collecting output after it. */
function listeningPort(child: ChildProcess, collect: (text: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let soFar = '';
    const fail = (what: string): void => {
      clearTimeout(timer);
      reject(new Error(`${what}. Its output so far:\n${soFar || '(none)'}`));
    };
    const timer = setTimeout(
      () => fail(`VS Code's server didn't listen within ${startDeadline / 1000} s`),
      startDeadline,
    );
    const read = (chunk: Buffer): void => {
      const text = chunk.toString();
      collect(text);
      soFar = (soFar + text).slice(-20_000);
      const port = /Extension host agent listening on (\d+)/.exec(soFar)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(`VS Code's server didn't start: ${error.message}`));
    child.once('close', (code) => fail(`VS Code's server ended with code ${code}`));
  });
}
