import type { Answer } from './answer.ts';
import type { CheckedRequest } from './checked-request.ts';
import type { Failure, Result } from './failure.ts';

/** One request of a batch. */
export interface BatchItem {
  /** 1 to 64 of letters, digits, `-` and `_`; no other of the batch has it. */
  readonly id: string;
  readonly request: CheckedRequest;
}

/** A batch as the API knows it. */
export interface BatchStatus {
  readonly id: string;
  /** `ended` once every request has its result. */
  readonly phase: 'in-progress' | 'canceling' | 'ended';
  /** How many requests it has. */
  readonly size: number;
  /** Milliseconds since 1970; null where the API's date isn't one. */
  readonly createdAt: number | null;
  /** Its results are gone: they are kept for 29 days. */
  readonly isArchived: boolean;
}

/** What became of one request. */
export interface BatchResult {
  readonly id: string;
  readonly answer: Answer;
}

export interface BatchWait {
  readonly failure: Failure;
  readonly waitMs: number;
}

/**
 * Batches of requests: half the price, within 24 hours, in no order.
 * @see https://platform.claude.com/docs/en/build-with-claude/batch-processing
 */
export interface Batches {
  /**
   * Sends a batch. Tried again only where the API said that it did not take it: whether it took one
   * whose answer was lost isn't known, and `recent` tells.
   * @param onWait told before each wait; must not throw
   */
  create(
    items: readonly BatchItem[],
    signal: AbortSignal,
    onWait?: (wait: BatchWait) => void,
  ): Promise<Result<BatchStatus>>;
  retrieve(id: string, signal: AbortSignal): Promise<Result<BatchStatus>>;
  /** The last hundred batches of the key's workspace, newest first. */
  recent(signal: AbortSignal): Promise<Result<readonly BatchStatus[]>>;
  /** What is answered already stays. The batch is `ended` a while later. */
  cancel(id: string, signal: AbortSignal): Promise<Result<BatchStatus>>;
  /**
   * Reads the results of a batch that has ended, in no order, as they arrive. Whatever failure
   * comes back, what was told before stands.
   * @param model what was asked, which a result without a message does not say
   * @param onResult must not throw
   * @returns how many lines of the results couldn't be read
   */
  results(
    id: string,
    model: string,
    signal: AbortSignal,
    onResult: (result: BatchResult) => void,
  ): Promise<Result<number>>;
}
