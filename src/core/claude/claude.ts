import type { Subscription } from '../emitter.ts';
import type { AuthorizationStyle } from './api-key.ts';
import type { CheckedRequest, CountableRequest } from './checked-request.ts';
import type { ExtraHeaders } from './extra-headers.ts';
import type { Failure, Result } from './failure.ts';
import type { Capabilities, Model, ModelStore } from './model.ts';
import type { Outcome, ReplyEvent } from './reply-event.ts';
import type { Effort } from './request.ts';
import type { Usage } from './usage.ts';

export interface ConnectionOptions {
  /** Checked with `findKeyProblem` before. */
  readonly apiKey: string;
  /** From `readBaseUrl`. */
  readonly baseUrl: string;
  /** The header that the key goes in; the API's own, `bearer`, where it is left out. */
  readonly authorization?: AuthorizationStyle;
  /** Sent with every request; their values are taken out of whatever the server says. */
  readonly headers?: ExtraHeaders;
  /** What of the headers comes from the secret storage. */
  readonly secrets?: readonly string[];
  /** In the place of the global one, for whoever wants to watch it. */
  readonly fetch?: typeof fetch;
  /**
   * Whether a browser sends the requests: it wants a header for it, and tells less of what fails.
   */
  readonly fromBrowser?: boolean;
  /** How long the stream may be silent, in milliseconds, before the reply counts as stalled. */
  readonly idleTimeoutMs: number;
  /** How often a request is sent again before anything of the reply was shown. */
  readonly maxRetries: number;
  /** Told of errors that listeners throw: they must not reach the stream. */
  readonly onListenerError: (error: unknown) => void;
  /**
   * Told of what a server said or did that isn't shown: an error's words in whole, or how a reply
   * differed from the API's form, once a reply. In English for the log, without secrets.
   */
  readonly onNote?: (note: string) => void;
  /** What is known of the models; left out where nothing is to be asked about them. */
  readonly models?: ModelStore;
  /** Told of a level that a request asked for and its model doesn't take: it goes without. */
  readonly onEffortDropped?: (model: string, effort: Effort) => void;
  /** Told where a request asked for more tokens than its model writes: it asks for that many. */
  readonly onMaxTokensLowered?: (model: string, maxTokens: number) => void;
}

export interface ReplyOptions {
  /** Aborting it stops the reply and closes its socket. */
  readonly signal: AbortSignal;
  readonly emit: (event: ReplyEvent) => void;
  /** Ends a wait before a retry at once. */
  readonly onRetryNow?: (listener: () => void) => Subscription;
}

/** The Messages API as the rest of the extension sees it. */
export interface Claude {
  /**
   * Streams one reply. Resolves once `outcome` was emitted and the connection is done with;
   * never rejects.
   */
  streamReply(request: CheckedRequest, options: ReplyOptions): Promise<void>;
  /** What a model can do, as the API says now; null where it doesn't say. */
  getCapabilities(model: string, signal: AbortSignal): Promise<Result<Capabilities | null>>;
  /**
   * Has each request answered whole, without streaming, a few at a time. Resolves once each has its
   * answer, if only how it ended; never rejects.
   */
  answerAll(requests: readonly CheckedRequest[], options: AnswerAllOptions): Promise<void>;
  readonly batches: MessageBatches;
  /** Newest first. */
  listModels(signal: AbortSignal): Promise<Result<readonly Model[]>>;
  /** How many tokens of input a request is, with all that goes along; costs nothing. */
  countInput(request: CountableRequest, signal: AbortSignal): Promise<Result<number>>;
  /** How many tokens of the model's a text takes; costs nothing. */
  countTokens(model: string, text: string, signal: AbortSignal): Promise<Result<number>>;
  /** Whether the key is accepted; costs nothing. */
  checkKey(signal: AbortSignal): Promise<Result<null>>;
}

export type Connect = (options: ConnectionOptions) => Claude;

/** A reply that came whole instead of streaming. */
export interface Answer {
  readonly text: string;
  readonly outcome: Outcome;
  /** As the API names it; the one that was asked where it did not say. */
  readonly model: string;
  readonly usage: Usage;
  /** As the API said it. */
  readonly stopReason: string | null;
  readonly requestId: string | null;
}

/** What happens while many requests are answered. `index` is the request's. */
export type AnswerEvent =
  | { readonly type: 'sent'; readonly index: number }
  /** In `waitMs` it is sent again, for the `retry`th time. */
  | {
      readonly type: 'retrying';
      readonly index: number;
      readonly failure: Failure;
      readonly retry: number;
      readonly maxRetries: number;
      readonly waitMs: number;
    }
  /** Exactly once for each request. */
  | { readonly type: 'answered'; readonly index: number; readonly answer: Answer };

export interface AnswerAllOptions {
  /** How many are under way at the same time, at the most. */
  readonly concurrency: number;
  /** Aborting it stops what is under way; the rest isn't sent. */
  readonly signal: AbortSignal;
  /** Must not throw. */
  readonly emit: (event: AnswerEvent) => void;
  /** Ends every wait before a retry at once. */
  readonly onRetryNow?: (listener: () => void) => Subscription;
}

/** One request of a batch. */
interface BatchItem {
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

/** The batches of a key's workspace. */
export interface RecentBatches {
  /** Newest first, a hundred at most. */
  readonly batches: readonly BatchStatus[];
  /** The API's clock, in milliseconds since 1970; null where it didn't say. */
  readonly date: number | null;
}

/** What became of one request. */
export interface BatchResult {
  readonly id: string;
  readonly answer: Answer;
}

export interface BatchRetryWait {
  readonly failure: Failure;
  readonly waitMs: number;
}

/**
 * Batches of requests: half the price, within 24 hours, in no order.
 * @see https://platform.claude.com/docs/en/build-with-claude/batch-processing
 */
export interface MessageBatches {
  /**
   * Sends a batch. Tried again only where the API said that it did not take it: whether it took one
   * whose answer was lost isn't known, and `recent` tells.
   * @param onWait told before each wait; must not throw
   */
  create(
    items: readonly BatchItem[],
    signal: AbortSignal,
    onWait?: (wait: BatchRetryWait) => void,
  ): Promise<Result<BatchStatus>>;
  retrieve(id: string, signal: AbortSignal): Promise<Result<BatchStatus>>;
  listRecent(signal: AbortSignal): Promise<Result<RecentBatches>>;
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
