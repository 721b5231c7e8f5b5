import type { Subscription } from '../emitter.ts';
import type { AnswerAllOptions } from './answer.ts';
import type { AuthorizationStyle } from './authorization.ts';
import type { Batches } from './batch.ts';
import type { Capabilities } from './capabilities.ts';
import type { CheckedRequest, CountableRequest } from './checked-request.ts';
import type { ExtraHeaders } from './extra-headers.ts';
import type { Result } from './failure.ts';
import type { ModelStore } from './known-models.ts';
import type { Model } from './model.ts';
import type { ReplyEvent } from './reply-event.ts';
import type { Effort } from './request.ts';

export interface ConnectionOptions {
  /** Checked with `keyProblem` before. */
  readonly apiKey: string;
  /** Normalised with `normaliseBaseUrl` before. */
  readonly baseUrl: string;
  /** The header that the key goes in; the API's own, `bearer`, where it is left out. */
  readonly authorization?: AuthorizationStyle;
  /** Sent with every request. */
  readonly headers?: ExtraHeaders;
  /** What of the headers is secret: taken out of whatever the server says. */
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
  /** What is known of the models; left out where nothing is to be asked about them. */
  readonly models?: ModelStore;
  /** Told of a level that a request asked for and its model doesn't take: it goes without. */
  readonly onEffortLeftOut?: (model: string, effort: Effort) => void;
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
  capabilities(model: string, signal: AbortSignal): Promise<Result<Capabilities | null>>;
  /**
   * Has each request answered whole, without streaming, a few at a time. Resolves once each has its
   * answer, if only how it ended; never rejects.
   */
  answerAll(requests: readonly CheckedRequest[], options: AnswerAllOptions): Promise<void>;
  readonly batches: Batches;
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
