import type * as vscode from 'vscode';
import type { Connections } from '../connections.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { JournalStorage } from '../storage/journal-storage.ts';
import type { Spending } from './spending.ts';

export interface SpendingParts {
  readonly storage: JournalStorage;
  readonly connections: Connections;
  readonly settings: SettingsReader;
  /** Shared by all windows. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

/**
 * The ledger, the budget and the counting of input: a chunk that is loaded when it is first needed.
 */
export class LazySpending {
  readonly #parts: SpendingParts;
  #loaded: Promise<Spending> | undefined;

  constructor(parts: SpendingParts) {
    this.#parts = parts;
  }

  load(): Promise<Spending> {
    this.#loaded ??= import('./spending.ts').then(({ openSpending }) => openSpending(this.#parts));
    return this.#loaded;
  }

  /** Resolves when all is written. */
  async close(): Promise<void> {
    const { ledger } = (await this.#loaded) ?? {};
    await ledger?.close();
  }
}
