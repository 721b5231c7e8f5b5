import type { Answer } from '../claude/claude.ts';
import type { ServiceTier } from '../usage/price.ts';
import type { Receipt } from '../usage/receipt.ts';

/** How a prompt runs on many files: as a batch of the API's, or one by one from here. */
export const runModes = ['batch', 'now'] as const;
export type RunMode = (typeof runModes)[number];

/** One file that a prompt is run on. */
export interface RunItem {
  /** Its request's, in a batch and in the usage ledger: no other of any run has it. */
  readonly id: string;
  /** As a person would name it. */
  readonly file: string;
}

/** A file that isn't sent, and why, in words. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** What one run is, decided before anything is sent. */
export interface RunPlan {
  /** 1 to 40 letters and digits: the journal's name and the beginning of its items' ids. */
  readonly id: string;
  /** When it was written down to be sent: milliseconds since 1970. */
  readonly at: number;
  readonly mode: RunMode;
  /** The prompt as it is called, or its words. */
  readonly prompt: string;
  readonly model: string;
  /** In the order in which they were chosen. */
  readonly items: readonly RunItem[];
  readonly leftOut: readonly SkippedFile[];
}

/**
 * An answer with what it cost by the prices of its time, in US dollars; null where none was known.
 */
export interface PricedAnswer extends Answer {
  readonly cost: number | null;
}

/** A prompt on many files, and how far that is. */
export interface FileRun {
  readonly plan: RunPlan;
  /** The API's id; null before it is known, and where the run is no batch. */
  readonly batchId: string | null;
  /** When it was last sent, on this machine's clock, in milliseconds since 1970. */
  readonly sentAt: number;
  /**
   * Whether the API said that id when it took the batch. One that was found afterwards may be
   * another program's, until its results show whose it is.
   */
  readonly isCertain: boolean;
  /** Batches that were taken for this run's and aren't. */
  readonly disowned: ReadonlySet<string>;
  /** By their items' ids. */
  readonly answers: ReadonlyMap<string, PricedAnswer>;
  /** It was looked for at the API long after it was sent, and wasn't there. */
  readonly isMissing: boolean;
  /** The user wants it gone: it is forgotten as soon as it costs nothing more. */
  readonly isRemoving: boolean;
  /** All that will come has come. */
  readonly hasEnded: boolean;
}

export function createRun(plan: RunPlan): FileRun {
  return {
    plan,
    batchId: null,
    sentAt: plan.at,
    isCertain: true,
    disowned: new Set(),
    answers: new Map(),
    isMissing: false,
    isRemoving: false,
    hasEnded: false,
  };
}

/** Whether a run has ended because it was cancelled: some files have no answer for that. */
export function wasCancelled({ hasEnded, answers }: FileRun): boolean {
  return hasEnded && [...answers.values()].some(({ outcome }) => outcome.kind === 'stopped');
}

/** An item's id in a run; they sort as the files do. */
export function createItemId(runId: string, index: number): string {
  return `${runId}-${String(index + 1).padStart(4, '0')}`;
}

export function getServiceTier(mode: RunMode): ServiceTier {
  return mode === 'batch' ? 'batch' : 'standard';
}

/** An answer's receipt: it came at once, so that nothing is known of its speed. */
export function toReceipt(answer: PricedAnswer): Receipt {
  const { model, usage, cost, stopReason, requestId } = answer;
  return {
    model,
    usage,
    outputSource: 'reported',
    cost,
    timeToFirstTokenMs: null,
    writingMs: 0,
    stopReason,
    requestId,
  };
}
