import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { Preflight } from '../../../src/host/ask/preflight.ts';
import { ReplyService } from '../../../src/host/ask/reply-service.ts';
import { RunningReplies } from '../../../src/host/ask/running-replies.ts';
import { ApiKeyStore } from '../../../src/host/connection/api-key.ts';
import { Connections } from '../../../src/host/connection/connections.ts';
import { DocumentTarget } from '../../../src/host/document/document-target.ts';
import { SettingsReader } from '../../../src/host/settings-reader.ts';
import { createUsageServices } from '../../../src/host/usage/usage-services.ts';
import { MemoryStorage } from '../../fakes/memory-storage.ts';
import { say } from '../../fakes/messages-api/scripts.ts';
import { startSimulator } from '../../fakes/messages-api/simulator.ts';
import { noMemory } from '../../fakes/no-memory.ts';

/** What the run leaves behind for the bench that started it. */
export interface DocumentStops {
  /** Milliseconds from Stop to the outcome, for each trial. */
  readonly outcomes: readonly number[];
  /** Milliseconds from Stop until the server saw the connection close. */
  readonly closes: readonly number[];
  readonly textAfterStop: number;
}

const now = (): number => performance.now();

/** Called by VS Code in its extension host: stops replies that stream into documents. */
export async function run(): Promise<void> {
  const trials = Number(process.env['BENCH_TRIALS']);
  const output = process.env['BENCH_OUTPUT'];
  if (output === undefined) throw new Error('Nobody waits for the figures.');
  await using simulator = await startSimulator(
    say('word '.repeat(100_000), { paceMs: 1, deltaLength: 5 }),
  );
  await vscode.workspace
    .getConfiguration('claudeStream')
    .update('baseUrl', simulator.url, vscode.ConfigurationTarget.Global);
  const log = vscode.window.createOutputChannel('bench', { log: true });
  const settings = new SettingsReader();
  const keys = new ApiKeyStore(noSecrets, 'sk-ant-bench', () => simulator.url);
  const connections = new Connections({
    keys,
    settings,
    memory: noMemory,
    secrets: noSecrets,
    log,
  });
  const running = new RunningReplies();
  const keyPrompt = { open: () => connections.open(), ensureKey: async () => true };
  const spending = createUsageServices({
    storage: new MemoryStorage(),
    connections,
    settings,
    memory: noMemory,
    log,
  });
  const preflight = new Preflight({ connections, keyPrompt, settings, spending });
  const replies = new ReplyService({ preflight, keyPrompt, settings, running, log });
  const target = new DocumentTarget({ replies, running });

  const outcomes: number[] = [];
  const closes: number[] = [];
  let textAfterStop = 0;
  for (let trial = 0; trial < trials; trial++) {
    const asked = simulator.nextMessage();
    const written = target.ask({ prompt: { kind: 'free', text: 'Everything' }, attachments: [] });
    const document = await streamingDocument();
    let stoppedAt = Number.NaN;
    const ended = new Promise<void>((resolve) => {
      const subscription = replies.onDidChange(({ event }) => {
        if (event.type === 'text' && stoppedAt > 0) textAfterStop++;
        if (event.type !== 'outcome') return;
        if (event.outcome.kind !== 'stopped') throw new Error(`It is ${event.outcome.kind}.`);
        outcomes.push(now() - stoppedAt);
        subscription.dispose();
        resolve();
      });
    });
    stoppedAt = now();
    running.stopAll();
    const request = await asked;
    if ((await request.ended) !== 'closed-by-client') throw new Error('The server saw no close.');
    closes.push(now() - stoppedAt);
    await ended;
    await written;
    if (!document.getText().endsWith('*Stopped by you.*\n')) throw new Error('It does not say so.');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
  for (const part of [target, replies, running, log]) part.dispose();
  const figures: DocumentStops = { outcomes, closes, textAfterStop };
  await writeFile(output, JSON.stringify(figures));
}

/** The reply's document, as soon as there is text in it. */
function streamingDocument(): Promise<vscode.TextDocument> {
  return new Promise((resolve) => {
    const subscription = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (!document.isUntitled || document.getText() === '') return;
      subscription.dispose();
      resolve(document);
    });
  });
}

const noSecrets: vscode.SecretStorage = {
  get: () => Promise.resolve(undefined),
  keys: () => Promise.resolve([]),
  store: () => Promise.resolve(),
  delete: () => Promise.resolve(),
  onDidChange: () => new vscode.Disposable(() => {}),
};
