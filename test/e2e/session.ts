import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Script, say } from '../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../fakes/messages-api/simulator.ts';
import { beginTrace, endTrace } from '../vscode/browser-trace.ts';
import type { Settings } from '../vscode/server.ts';
import type { WindowControl } from '../vscode/window-control.ts';
import type { Workbench } from '../vscode/workbench.ts';
import type { Traces } from './traces.ts';
import { closeWindow, leaveWindow, type OpenWindow, projectFolder, showWindow } from './window.ts';

/** A VS Code with the extension in it, a person's hands on it, and the simulated API behind it. */
export interface Session {
  readonly workbench: Workbench;
  readonly simulator: Simulator;
  /** Where the key, and the probe, were seen. */
  readonly traces: Traces;
  readonly control: WindowControl;
  /** VS Code's data on the disk. */
  readonly dataDir: string;
  /** The opened folder. */
  readonly folder: string;
}

/** Sessions that differ in the first five alone can't share a window; all others do. */
export interface SessionOptions {
  /**
   * How VS Code gets the extension: from its sources, under development, which is the default; or
   * packaged and installed, as a user has it.
   */
  readonly extension?: 'developed' | 'installed';
  /** False starts without a key in the environment. */
  readonly withKey?: boolean;
  /** Added to the extension host's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** One of the files, to open instead of their folder. */
  readonly open?: string;
  /** Whether the extension runs in the window's worker, as in a VS Code that is all in the browser. */
  readonly inWorker?: boolean;
  /** False opens the folder in Restricted Mode. */
  readonly isTrusted?: boolean;
  /** User settings that VS Code reads only as a window opens. */
  readonly startSettings?: Settings;
  /** True where nothing of earlier suites may be there: no conversation, no usage, no memory. */
  readonly isFresh?: boolean;
  /** What a dev container or another remote machine would set. */
  readonly machineSettings?: Settings;
  readonly userSettings?: Settings;
  readonly script?: Script;
  /** Files of the folder to open, by path in it; the sample's without it. */
  readonly files?: Readonly<Record<string, string>>;
  /** Instead of the simulator's. */
  readonly baseUrl?: string;
  /** Written behind the base URL in the setting. */
  readonly baseUrlPath?: string;
}

const sample = Object.fromEntries(
  ['retry.ts', 'sleep.ts'].map((name) => [
    name,
    readFileSync(join(projectFolder, 'test/sample', name), 'utf8'),
  ]),
);

after('close VS Code', closeWindow);

/** A session for the tests of one suite, in the window that all suites share. */
export function useSession(options: SessionOptions = {}): () => Session {
  let window: OpenWindow | undefined;
  let simulator: Simulator | undefined;

  before('open VS Code', async function () {
    // The first session of a machine installs VS Code and a browser.
    this.timeout(600_000);
    const isInWorker = options.inWorker === true;
    simulator = await startSimulator(options.script ?? say('Hello.'));
    window = await showWindow(
      {
        extension: options.extension ?? 'developed',
        // A worker knows no environment.
        withKey: isInWorker || options.withKey !== false,
        env: options.env ?? {},
      },
      {
        open: options.open,
        inWorker: isInWorker,
        isTrusted: options.isTrusted !== false,
        startSettings: options.startSettings ?? {},
      },
      {
        isFresh: options.isFresh === true,
        userSettings: {
          'claudeStream.baseUrl': (options.baseUrl ?? simulator.url) + (options.baseUrlPath ?? ''),
          ...options.userSettings,
        },
        machineSettings: options.machineSettings ?? {},
        // The key in the environment is for the server that the session asks, so nobody is asked.
        hostEnvironment:
          options.env?.['ANTHROPIC_BASE_URL'] === undefined
            ? { ANTHROPIC_BASE_URL: options.baseUrl ?? simulator.url }
            : {},
        files: options.files ?? sample,
      },
    );
  });

  beforeEach('begin a trace', async () => {
    if (window !== undefined) await beginTrace(window.workbench.page.context());
  });

  afterEach('look at what is shown, and keep a picture of what failed', async function () {
    if (window === undefined) return;
    const { workbench, traces } = window;
    await traces.lookAtScreen(workbench);
    const context = workbench.page.context();
    if (this.currentTest?.state !== 'failed') return endTrace(context, null);
    const path = await workbench.saveFailure(this.currentTest.fullTitle());
    await endTrace(context, path);
    console.log(`See ${path}.png and .log`);
  });

  after('the key is nowhere, nor is a secret', async function () {
    this.timeout(60_000);
    await simulator?.[Symbol.asyncDispose]();
    if (window === undefined) return;
    const { workbench, traces, dataDir, folder } = window;
    await traces.lookAtWindow(workbench);
    await traces.lookAtFolder('data', dataDir);
    await traces.lookAtFolder('folder', folder);
    traces.assertNoSecret();
    if (this.test?.parent?.tests.some(({ state }) => state === 'failed') === true) {
      await leaveWindow();
    }
  });

  return () => {
    if (window === undefined || simulator === undefined) {
      throw new Error('The session is open only while a test runs.');
    }
    return { ...window, simulator };
  };
}
