/**
 * Why a request failed or a reply broke off. Closed: whatever goes wrong becomes one of these where
 * it is caught, and the table in `describe-failure.ts` says what follows from each: the sentence, the action, the log
 * level, whether it may be retried and whether it ends a whole run.
 * A `detail` is the server's own words, without secrets and shortened; it is left out where it said
 * nothing.
 */
export type Failure =
  /** There is no key, and the user gave none. */
  | { readonly kind: 'no-key' }
  | { readonly kind: 'auth'; readonly detail?: string | undefined }
  /**
   * The same to a browser: it may be about the key, or about browsers (CORS). Only the words tell.
   */
  | { readonly kind: 'browser-refused'; readonly detail: string }
  | { readonly kind: 'billing'; readonly detail: string }
  | { readonly kind: 'permission'; readonly detail: string }
  | {
      readonly kind: 'model-not-found';
      readonly model: string;
      readonly detail?: string | undefined;
    }
  /** A 404 that isn't about the model: the base URL points elsewhere. */
  | { readonly kind: 'not-found'; readonly detail?: string | undefined }
  | { readonly kind: 'too-large'; readonly detail?: string | undefined }
  /**
   * By a guardrail, a moderation, or a firewall on the way: neither the key nor the API is at fault.
   */
  | { readonly kind: 'blocked'; readonly detail: string }
  | { readonly kind: 'invalid-request'; readonly detail: string }
  /** An image has more pixels on a side than the API takes. */
  | { readonly kind: 'image-dimensions'; readonly detail: string }
  /** `retryAfterMs` is what the server asked for, or null. */
  | {
      readonly kind: 'rate-limited';
      readonly retryAfterMs: number | null;
      readonly detail?: string | undefined;
    }
  | { readonly kind: 'spend-limit'; readonly detail: string }
  | {
      readonly kind: 'overloaded';
      readonly retryAfterMs: number | null;
      readonly detail?: string | undefined;
    }
  | {
      readonly kind: 'server-error';
      readonly status: number | null;
      readonly retryAfterMs: number | null;
      readonly detail?: string | undefined;
    }
  /** No response headers within the limit. */
  | { readonly kind: 'timeout'; readonly detail?: string | undefined }
  /** Not a byte for `idleMs` in the middle of a reply. */
  | { readonly kind: 'stalled'; readonly idleMs: number }
  /** `code` as the network stack says it, such as ECONNREFUSED; null where it says none. */
  | { readonly kind: 'network'; readonly code: string | null }
  /** A browser's `fetch` failed: it says no more, whether the network or CORS stands between. */
  | { readonly kind: 'browser-blocked' }
  /** VS Code ended, or the window was closed, while the reply streamed. */
  | { readonly kind: 'interrupted' }
  /** The saved reply lacks so many UTF-16 code units: the disk has lost them. */
  | { readonly kind: 'damaged'; readonly missing: number }
  /** The stream ended without its ending. */
  | { readonly kind: 'truncated' }
  /** Status 200, and something other than a reply: a proxy's or a portal's page. */
  | {
      readonly kind: 'not-a-stream';
      /** Empty where the server didn't say. */
      readonly contentType: string;
      readonly detail?: string | undefined;
    }
  /** The key's workspace has no such batch. */
  | { readonly kind: 'batch-not-found' }
  /** The batch is known, its results are not any more. */
  | { readonly kind: 'results-gone' }
  /** A request in a batch that wasn't reached before the batch's time was over. */
  | { readonly kind: 'expired' }
  /** A successful response that can't be read. */
  | { readonly kind: 'malformed'; readonly detail?: string | undefined }
  | { readonly kind: 'unexpected'; readonly detail: string };

export type FailureKind = Failure['kind'];

/** What a request comes to where nothing is streamed. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

/** What the user can do about a failure; the host has a command for each. */
export type FailureAction =
  | 'set-api-key'
  | 'choose-model'
  | 'open-base-url-setting'
  | 'retry'
  | 'show-log';
