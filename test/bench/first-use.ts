/**
 * `node test/bench/first-use.ts <other build's dist> [this build's] [--quick]`: the processor time that
 * activation and the first Explain Selection take together, the SDK left out, compared with another
 * production build of the extension. Each trial is a process of its own, in turns of the two builds; VS Code is the stand-in of
 * `test/fakes`, so that what VS Code itself does isn't counted.
 */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplyEvent } from '../../src/core/claude/reply-event.ts';
import { canaryKey } from '../fakes/canary-key.ts';
import { bar, isQuick, median, report } from './report.ts';

const trials = isQuick ? 5 : 40;
/** After the reply's end: its journal, the ledger and the list of conversations are written by then. */
const settleMs = 700;

/** Processor time in milliseconds. */
interface Trial {
  readonly activateMs: number;
  readonly totalMs: number;
}

async function compare(): Promise<void> {
  const [other, own = 'dist'] = process.argv.slice(2).filter((name) => !name.startsWith('--'));
  if (other === undefined) throw new Error('Name the dist folder of the other build.');
  const builds = [resolve(other), resolve(own)];
  const found: Trial[][] = [[], []];
  for (let trial = 0; trial < trials; trial++) {
    for (const [index, dist] of builds.entries()) found[index]?.push(await inProcess(dist));
  }
  const [before = [], now = []] = found;
  const total = (each: readonly Trial[]): number => median(each.map(({ totalMs }) => totalMs));
  const activate = (each: readonly Trial[]): number =>
    median(each.map(({ activateMs }) => activateMs));
  report(
    'first-use',
    [bar('activation and first Explain ÷ the other build', total(now) / total(before), '×', 0.85)],
    [
      `median of ${trials}: ${total(now).toFixed(1)} ms of processor time, the other ${total(before).toFixed(1)} ms; ` +
        `loading and activate() alone: ${activate(now).toFixed(1)} ms, the other ${activate(before).toFixed(1)} ms`,
    ],
  );
}

function inProcess(dist: string): Promise<Trial> {
  return new Promise((found, fail) => {
    const env = { ...process.env, ANTHROPIC_API_KEY: canaryKey };
    const child = fork(import.meta.filename, [dist], { env });
    child.once('message', (trial) => {
      found(trial as Trial);
      child.kill();
    });
    child.once('exit', (code) => fail(new Error(`A trial of ${dist} ended with ${code}.`)));
  });
}

/** As much of a file's address as the host uses. */
class FileUri {
  readonly scheme = 'file';
  readonly path: string;
  readonly fsPath: string;

  constructor(path: string) {
    this.path = path;
    this.fsPath = path;
  }

  static from({ path }: { readonly path: string }): FileUri {
    return new FileUri(path);
  }

  static joinPath(base: FileUri, ...parts: readonly string[]): FileUri {
    return new FileUri(join(base.path, ...parts));
  }

  toString(): string {
    return `file://${this.path}`;
  }
}

async function measure(dist: string): Promise<Trial> {
  const fake = await import('../fakes/vscode.ts');
  const { FakeWebviewPanel } = await import('../fakes/webview-panel.ts');
  const storage = await mkdtemp(join(tmpdir(), 'claude-first-use-'));
  fake.answers.set('workspace.getConfiguration().get', (_: string, fallback: unknown) => fallback);
  fake.answers.set('workspace.asRelativePath', ({ path }: FileUri) => path);
  fake.answers.set('commands.executeCommand', () => Promise.resolve([]));
  const handlers = new Map<string, () => Promise<void>>();
  fake.answers.set('commands.registerCommand', (id: string, run: () => Promise<void>) => {
    handlers.set(id, run);
    return { dispose: () => {} };
  });
  let receive = (_: unknown): void => {};
  const ofWindow: Readonly<Record<string, unknown>> = {
    activeTextEditor: editorOn('const answer = 42;\n'.repeat(200)),
    createWebviewPanel: (_type: string, title: string) => {
      const panel = new FakeWebviewPanel(title, 2);
      Object.assign(panel.webview, {
        onDidReceiveMessage: (listener: (message: unknown) => void) => {
          receive = listener;
          return { dispose: () => {} };
        },
      });
      return panel;
    },
  };
  const window = new Proxy(fake.window as object, {
    get: (target, key) => ofWindow[String(key)] ?? Reflect.get(target, key),
  });
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  type Emit = (event: ReplyEvent) => void;
  const sdk = {
    connect: () => ({
      streamReply: async (_request: unknown, { emit }: { readonly emit: Emit }) => {
        // The page is there before the first word.
        receive({ type: 'ready' });
        await sleep(20);
        emit({ type: 'text', text: 'It is 42.' });
        const usage = { input: 9, cacheRead: 0, cacheWrite: 0, output: 5, thinking: null };
        emit({ type: 'usage', usage, final: true });
        emit({ type: 'outcome', outcome: { kind: 'complete' } });
        end();
      },
    }),
  };
  class MarkdownString {
    value = '';
    appendMarkdown(text: string): void {
      this.value += text;
    }
  }
  const vscode = { ...fake, window, MarkdownString, Uri: FileUri, chat: fake.env, lm: fake.env };
  takePlaceOf({ vscode, './sdk.cjs': sdk, './connect.cjs': sdk });
  const memory = { get: () => undefined, update: () => Promise.resolve(), keys: () => [] };
  const context = {
    subscriptions: [],
    secrets: { get: () => Promise.resolve(undefined), onDidChange: () => ({ dispose: () => {} }) },
    extensionUri: new FileUri(join(dist, '..')),
    globalStorageUri: new FileUri(storage),
    globalState: memory,
    workspaceState: memory,
    extension: { packageJSON: { version: '0.0.0' } },
  };

  const start = process.cpuUsage();
  const extension = createRequire(import.meta.url)(join(dist, 'extension.cjs'));
  extension.activate(context);
  const activateMs = milliseconds(process.cpuUsage(start));
  await handlers.get('claudeStream.explainSelection')?.();
  await ended;
  await sleep(settleMs);
  const totalMs = milliseconds(process.cpuUsage(start));
  await rm(storage, { recursive: true, force: true });
  return { activateMs, totalMs };
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

/** As VS Code's extension host itself does it for `vscode`. */
function takePlaceOf(modules: Readonly<Record<string, unknown>>): void {
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  loader._load = (name, ...rest) => modules[name] ?? load(name, ...rest);
}

/** An editor in which line 100 is selected. */
function editorOn(text: string): unknown {
  const lines = text.split('\n');
  const start = { line: 99, character: 0, compareTo: () => 0 };
  const selection = { start, end: { line: 99, character: 18 }, isEmpty: false };
  const document = {
    uri: new FileUri('/sample/answer.ts'),
    languageId: 'typescript',
    version: 1,
    lineCount: lines.length,
    validateRange: (range: unknown) => range,
    getText: () => lines[99],
    lineAt: (line: number) => ({ text: lines[line] ?? '' }),
  };
  return { document, selection, selections: [selection] };
}

if (process.send === undefined) await compare();
else process.send(await measure(process.argv[2] ?? ''));
