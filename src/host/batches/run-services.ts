import type * as vscode from 'vscode';
import type { FileRun, PricedAnswer } from '../../core/batches/file-run.ts';
import { encodeRecords, type RunRecord, replayRun } from '../../core/batches/run-journal.ts';
import type { Claude } from '../../core/claude/claude.ts';
import type { Failure } from '../../core/claude/failure.ts';
import type { Subscription } from '../../core/emitter.ts';
import type { PriceOverrides } from '../../core/usage/price.ts';
import type { Preflight } from '../ask/preflight.ts';
import type { Connections } from '../connection/connections.ts';
import type { KeyPrompt } from '../connection/key-prompt.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { JournalStorage } from '../storage/journal-storage.ts';
import type { UsageServices } from '../usage/usage-services.ts';
import type { UsageTotals } from '../usage/usage-totals.ts';

/** Runs on the disk, each as a journal, shared by all windows. Keeps nothing between two calls. */
export class RunStore {
  readonly #storage: JournalStorage;

  constructor(storage: JournalStorage) {
    this.#storage = storage;
  }

  /**
   * Newest first; what can't be read as a run is left out. Rejects where the disk can't be read.
   */
  async list(): Promise<readonly FileRun[]> {
    const runs = await Promise.all((await this.#storage.list()).map((id) => this.read(id)));
    return runs.filter((run) => run !== null).toSorted((a, b) => b.plan.at - a.plan.at);
  }

  /** Null where there is no such run. Rejects as `list` does. */
  async read(id: string): Promise<FileRun | null> {
    const text = await this.#storage.read(id);
    return text === null ? null : replayRun(text);
  }

  /** Resolves when it is on the disk. Rejects where the disk refuses it. */
  async append(id: string, ...records: readonly RunRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.#storage.append(id, encodeRecords(records));
    if (records.some(({ type }) => type === 'ended')) await this.#storage.tidy(id);
  }

  delete(id: string): Promise<void> {
    return this.#storage.delete(id);
  }
}

/** What running a prompt on files needs of the rest of the extension. */
export interface BatchServices {
  /** Each run as a journal. */
  readonly storage: JournalStorage;
  readonly preflight: Preflight;
  readonly connections: Connections;
  readonly keyPrompt: KeyPrompt;
  readonly settings: SettingsReader;
  readonly spending: UsageServices;
  readonly usage: UsageTotals;
  readonly log: vscode.LogOutputChannel;
}

/** The same for one run. */
export interface RunServices {
  readonly store: RunStore;
  /** Null where there is no key. */
  readonly connect: () => Promise<Claude | null>;
  readonly prices: () => PriceOverrides;
  /** Counts an answer in the usage ledger: once, however often it is told. Must not reject. */
  readonly count: (id: string, answer: PricedAnswer) => Promise<void>;
  /** Told of what the disk refused; must not throw. */
  readonly onProblem: (error: unknown) => void;
  readonly polling: PollTiming;
}

/** In milliseconds. */
export interface PollTiming {
  readonly initialMs: number;
  /** Each wait is half as long again as the one before, up to this. */
  readonly maxMs: number;
  /** How long a batch that isn't listed may still turn up: another window may be sending it. */
  readonly listingGraceMs: number;
}

export const defaultPollTiming: PollTiming = {
  initialMs: 5_000,
  maxMs: 60_000,
  listingGraceMs: 900_000,
};

/** What whoever watches a run is told. */
export type RunProgress =
  /** `answered` of the run's files. */
  | { readonly type: 'progress'; readonly answered: number }
  | { readonly type: 'canceling' }
  /** Whether the API has the batch isn't known yet. */
  | { readonly type: 'looking' }
  | { readonly type: 'retrying'; readonly failure: Failure; readonly waitMs: number };

/** How a run is watched. */
export interface RunObserver {
  /** Must not throw. */
  readonly report: (step: RunProgress) => void;
  /** Aborting it leaves a batch to itself: it goes on at the API. */
  readonly signal: AbortSignal;
  /** Ends a wait: something has just changed. */
  readonly onPollNow?: (listener: () => void) => Subscription;
}

export type RunEnd =
  /** `firstSeen` unless another window has seen it end before. */
  | { readonly kind: 'ended'; readonly run: FileRun; readonly firstSeen: boolean }
  /** It never reached the API, and nothing of it is kept. */
  | { readonly kind: 'unsent'; readonly failure: Failure }
  /** The API doesn't list it. It is kept: `firstSeen` unless that was known before. */
  | { readonly kind: 'missing'; readonly firstSeen: boolean }
  /** It goes on at the API, and can be followed again. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Nobody follows it any more: the window closes, or it was removed. */
  | { readonly kind: 'detached' };
