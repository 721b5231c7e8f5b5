import type { Failure } from './failure.ts';
import type { Thought, ToolCall } from './request.ts';
import type { Usage } from './usage.ts';

/**
 * Where a reply was cut: at the request's `max_tokens`, at the model's context window, or in a pause
 * of tools that the server runs (`pause_turn`).
 */
export type CutLimit = 'max-tokens' | 'context' | 'pause';

/** How a reply ended. Every reply ends in exactly one of these. */
export type Outcome =
  | { readonly kind: 'complete' }
  /** By the user. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'cut'; readonly limit: CutLimit }
  | {
      readonly kind: 'refused';
      readonly category: string | null;
      readonly explanation: string | null;
    }
  | { readonly kind: 'broken'; readonly failure: Failure };

/** The reason of an abort that isn't the user's stop: what shows the reply is gone. */
export const interruption = 'interrupted';

/** How a reply ends whose signal was aborted. */
export function abortOutcome({ reason }: AbortSignal): Outcome {
  return reason === interruption
    ? { kind: 'broken', failure: { kind: 'interrupted' } }
    : { kind: 'stopped' };
}

/**
 * What happens to a reply, in order. `outcome` comes exactly once, unless the reply is continued,
 * and nothing follows it but `counted`; everything before it may be missing.
 */
export type ReplyEvent =
  /**
   * The request failed before anything was shown; in `waitMs` it is sent again, for the `retry`th
   * time.
   */
  | {
      readonly type: 'retrying';
      readonly failure: Failure;
      readonly retry: number;
      readonly maxRetries: number;
      readonly waitMs: number;
    }
  /** The wait is over: the request is sent again. */
  | { readonly type: 'connecting' }
  /** The reply goes on after it had ended: what follows belongs to its text. */
  | { readonly type: 'continued' }
  /** The server's answer began; the id is for support requests and the log. */
  | { readonly type: 'connected'; readonly requestId: string | null }
  /** The model that answers, as the API names it. */
  | { readonly type: 'model'; readonly model: string }
  /** `final` once the figures are the API's last word; until then `output` is only a beginning. */
  | { readonly type: 'usage'; readonly usage: Usage; readonly final: boolean }
  /** `text` is empty where the model thinks without showing it. */
  | { readonly type: 'thinking'; readonly text: string }
  /** What was thought since the text before it, whole: to go back to the API, not to be shown. */
  | { readonly type: 'thought'; readonly thought: Thought }
  | { readonly type: 'text'; readonly text: string }
  /** The model wants a tool to be run: where the request offers some. */
  | { readonly type: 'tool-call'; readonly call: ToolCall }
  /** As the API says it, unknown ones included. */
  | { readonly type: 'stop-reason'; readonly stopReason: string }
  | { readonly type: 'outcome'; readonly outcome: Outcome }
  /** Tokens of the text since the request, where the reply ended before the API said its usage. */
  | { readonly type: 'counted'; readonly output: number };
