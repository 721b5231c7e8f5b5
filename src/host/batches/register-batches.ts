import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import type { Connections } from '../connections.ts';
import type { SavedPromptDeps } from '../prompts/prompts-deps.ts';
import type { ReplyStarter } from '../replies/reply-starter.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { UsageTotals } from '../status-bar/usage-totals.ts';
import type { JournalStorage } from '../storage/journal-storage.ts';
import type { LazySpending } from '../usage/lazy-spending.ts';

export interface BatchesParts {
  /** Each run as a journal. */
  readonly storage: JournalStorage;
  readonly connections: Connections;
  readonly settings: SettingsReader;
  readonly spending: LazySpending;
  readonly usage: UsageTotals;
  readonly log: vscode.LogOutputChannel;
}

/**
 * A prompt on many files. Batches that were sent before are followed again once the extension is in
 * use: with its first question, or with a command of these. Nothing of it starts by itself.
 */
export function registerBatches(
  commands: Commands,
  parts: BatchesParts,
  starter: ReplyStarter,
  saved: SavedPromptDeps,
): vscode.Disposable {
  let loaded: Promise<typeof import('./batches.ts')> | undefined;
  let batches: import('./batches.ts').Batches | undefined;
  const load = async () => {
    loaded ??= import('./batches.ts');
    const { openBatches } = await loaded;
    batches ??= openBatches(parts, saved);
    return batches;
  };
  const inUse = starter.onDidChange(() => {
    inUse.dispose();
    // Detached: nobody waits for it.
    void parts.storage
      .list()
      .then(async ({ length }) => (length > 0 ? (await load()).resume() : undefined))
      .catch((error: unknown) => parts.log.error(String(error)));
  });
  return vscode.Disposable.from(
    inUse,
    commands.register(commandIds.runPromptOnFiles, async (...asked: unknown[]) =>
      (await load()).runPromptOnFiles(asked),
    ),
    commands.register(commandIds.showBatches, async () => (await load()).showBatches()),
    new vscode.Disposable(() => batches?.dispose()),
  );
}
