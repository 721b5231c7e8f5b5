import type * as vscode from 'vscode';
import type { FileRun, PricedAnswer } from '../../core/batches/file-run.ts';
import type { Claude } from '../../core/claude/claude.ts';
import type { Failure } from '../../core/claude/failure.ts';
import type { PriceOverrides } from '../../core/claude/price.ts';
import type { Subscription } from '../../core/emitter.ts';
import type { KeyPrompt } from '../api-key/key-prompt.ts';
import type { Preflight } from '../ask/preflight.ts';
import type { Connections } from '../connections.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { UsageTotals } from '../status-bar/usage-totals.ts';
import type { JournalStorage } from '../storage/journal-storage.ts';
import type { Spending } from '../usage/spending.ts';
import type { RunStore } from './run-store.ts';

/** What running a prompt on files needs of the rest of the extension. */
export interface BatchesParts {
  /** Each run as a journal. */
  readonly storage: JournalStorage;
  readonly preflight: Preflight;
  readonly connections: Connections;
  readonly keyPrompt: KeyPrompt;
  readonly settings: SettingsReader;
  readonly spending: Spending;
  readonly usage: UsageTotals;
  readonly log: vscode.LogOutputChannel;
}

/** The same for one run. */
export interface RunParts {
  readonly store: RunStore;
  /** Null where there is no key. */
  readonly connect: () => Promise<Claude | null>;
  readonly prices: () => PriceOverrides;
  /** Counts an answer in the usage ledger: once, however often it is told. Must not reject. */
  readonly count: (id: string, answer: PricedAnswer) => Promise<void>;
  /** Told of what the disk refused; must not throw. */
  readonly onProblem: (error: unknown) => void;
  readonly pace: PollPace;
}

/** In milliseconds. */
export interface PollPace {
  readonly first: number;
  /** Each wait is half as long again as the one before, up to this. */
  readonly longest: number;
  /** How long a batch that isn't listed may still turn up: another window may be sending it. */
  readonly settle: number;
}

export const usualPace: PollPace = { first: 5_000, longest: 60_000, settle: 900_000 };

/** What whoever watches a run is told. */
export type RunStep =
  /** `answered` of the run's files. */
  | { readonly type: 'progress'; readonly answered: number }
  | { readonly type: 'canceling' }
  /** Whether the API has the batch isn't known yet. */
  | { readonly type: 'looking' }
  | { readonly type: 'retrying'; readonly failure: Failure; readonly waitMs: number };

/** How a run is watched. */
export interface RunWatch {
  /** Must not throw. */
  readonly report: (step: RunStep) => void;
  /** Aborting it leaves a batch to itself: it goes on at the API. */
  readonly signal: AbortSignal;
  /** Ends a wait: something has just changed. */
  readonly onHurry?: (listener: () => void) => Subscription;
}

export type RunEnd =
  /** `isNews` unless another window has seen it end before. */
  | { readonly kind: 'ended'; readonly run: FileRun; readonly isNews: boolean }
  /** It never reached the API, and nothing of it is kept. */
  | { readonly kind: 'unsent'; readonly failure: Failure | null }
  /** It goes on at the API, and can be followed again. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Nobody follows it any more: the window closes, or it was removed. */
  | { readonly kind: 'left' };
