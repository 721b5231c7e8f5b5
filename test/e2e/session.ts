import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { canary, canaryKey, canaryOfHeaders } from '../fakes/canary-key.ts';
import { type Script, say } from '../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../fakes/messages-api/simulator.ts';
import type { BuiltInWithCode } from '../vscode/built-in-extensions.ts';
import { launchBrowser } from '../vscode/ensure-browser.ts';
import { ensureHost } from '../vscode/ensure-host.ts';
import { openWorkbench } from '../vscode/open-workbench.ts';
import { packVsix } from '../vscode/pack-vsix.ts';
import { type Settings, startServer, type VsCodeServer } from '../vscode/server.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { Traces } from './traces.ts';

export const projectFolder = join(import.meta.dirname, '../..');
/** As VS Code names the installed extension. */
export const extensionId = 'claude-stream.claude-stream';
export const sampleFolder = join(projectFolder, 'test/sample');

/** A VS Code with the extension in it, a person's hands on it, and the simulated API behind it. */
export interface Session {
  readonly workbench: Workbench;
  readonly simulator: Simulator;
  /** Where the key, and the words that the options name, were seen. */
  readonly traces: Traces;
  /** VS Code's data on the disk. */
  readonly dataDir: string;
  /** The opened folder. */
  readonly folder: string;
}

export interface SessionOptions {
  /**
   * How VS Code gets the extension: from its sources, under development, which is the default; or
   * packaged and installed, as a user has it.
   */
  readonly extension?: 'developed' | 'installed';
  /** False starts without a key in the environment. */
  readonly withKey?: boolean;
  readonly machineSettings?: Settings;
  readonly userSettings?: Settings;
  readonly script?: Script;
  /** Files of the folder to open, by path in it; the sample's without it. */
  readonly files?: Readonly<Record<string, string>>;
  /** One of the files, to open instead of their folder. */
  readonly open?: string;
  /**
   * VS Code's own extensions with code that the tests need; none without it, but all beside the extension
   * as it is installed.
   */
  readonly builtIns?: readonly BuiltInWithCode[];
  /** Other extensions that are installed, by their folders. */
  readonly extensionFolders?: readonly string[];
  /** Added to the extension host's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Instead of the simulator's. */
  readonly baseUrl?: string;
  /** Written behind the base URL in the setting. */
  readonly baseUrlPath?: string;
  /** False opens the folder in Restricted Mode. */
  readonly isTrusted?: boolean;
  /** Whether the extension runs in the window's worker, as in a VS Code that is all in the browser. */
  readonly inWorker?: boolean;
  /** Words whose traces are wanted besides the key's. */
  readonly trace?: readonly string[];
}

/** The extension's browser entry then counts, although there is a machine that could run the other. */
const workerHostSettings: Settings = {
  'remote.extensionKind': { 'claude-stream.claude-stream': ['web'] },
};

/** Nobody is asked at the start, so nothing is trusted. */
const restrictedSettings: Settings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'always',
};

/** A session for the tests of one suite: opened before the first, closed after the last. */
export function useSession(options: SessionOptions = {}): () => Session {
  let session: Session | undefined;
  let browser: Browser | undefined;
  let server: VsCodeServer | undefined;
  let ownFolder: string | undefined;
  const traces = new Traces([canary, canaryOfHeaders, ...(options.trace ?? [])]);

  before('open VS Code', async function () {
    // The first session of a machine installs VS Code and a browser.
    this.timeout(600_000);
    const simulator = await startSimulator(options.script ?? say('Hello.'));
    const host = await ensureHost();
    browser = await launchBrowser();
    const isInstalled = options.extension === 'installed';
    await using vsix = isInstalled ? await packVsix() : null;
    server = await startServer({
      host,
      extensions: vsix === null ? [] : [vsix.path],
      extensionFolders: options.extensionFolders ?? [],
      builtIns: isInstalled ? undefined : (options.builtIns ?? []),
      workspaceTrust: options.isTrusted === false,
      machineSettings: {
        'claudeStream.baseUrl': (options.baseUrl ?? simulator.url) + (options.baseUrlPath ?? ''),
        ...options.machineSettings,
      },
      env: {
        ...(options.withKey === false ? {} : { ANTHROPIC_API_KEY: canaryKey }),
        ...options.env,
      },
    });
    if (options.files !== undefined) ownFolder = await writeFiles(options.files);
    const folder = ownFolder ?? sampleFolder;
    const workbench = await openWorkbench({
      browser,
      server,
      folder: options.open === undefined ? folder : join(folder, options.open),
      ...(isInstalled ? { extensionId } : { extensionPath: projectFolder }),
      userSettings: {
        ...(options.inWorker === true ? workerHostSettings : {}),
        ...(options.isTrusted === false ? restrictedSettings : {}),
        ...options.userSettings,
      },
      prepare: (context) => traces.watchMessages(context),
    });
    session = { workbench, simulator, traces, dataDir: server.dataDir, folder };
  });

  afterEach('look at what is shown, and keep a picture of what failed', async function () {
    if (session === undefined) return;
    await traces.lookAtScreen(session.workbench);
    if (this.currentTest?.state === 'failed') {
      await session.workbench.saveFailure(this.currentTest.fullTitle());
    }
  });

  after('close VS Code; the key is nowhere, nor is a secret', async function () {
    this.timeout(60_000);
    if (session !== undefined) await traces.lookAtWindow(session.workbench);
    await session?.workbench.stop();
    await server?.stop((dataDir) => traces.lookAtFolder('data', dataDir));
    await browser?.close();
    await session?.simulator[Symbol.asyncDispose]();
    if (session !== undefined) await traces.lookAtFolder('folder', session.folder);
    if (ownFolder !== undefined) await rm(ownFolder, { recursive: true });
    for (const secret of [canary, canaryOfHeaders]) assert.deepEqual(traces.of(secret), []);
  });

  return () => {
    if (session === undefined) throw new Error('The session is open only while a test runs.');
    return session;
  };
}

async function writeFiles(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'claude-stream-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}
