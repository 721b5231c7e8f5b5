import type { Fields } from './wire-fields.ts';

/*
 * The normal form of a streamed reply, which the SDK and our readers rely on: one `message_start`
 * first; each block begins before its deltas, without text of its own, at the next index; each
 * delta has its text; `message_delta` has its parts; nothing follows `message_stop`.
 */
export type NormalEvent =
  | { readonly type: 'message_start'; readonly message: StartedMessage }
  /** Ours: the model's name, where it came too late for `message_start`. */
  | { readonly type: 'late_model'; readonly model: string }
  | { readonly type: 'content_block_start'; readonly index: number; readonly content_block: Block }
  | { readonly type: 'content_block_delta'; readonly index: number; readonly delta: Delta }
  | { readonly type: 'content_block_stop'; readonly index: number }
  | {
      readonly type: 'message_delta';
      readonly delta: {
        readonly stop_reason?: string | null;
        readonly stop_details?: unknown;
      };
      /** Figures as they came: `updateUsage` reads them. */
      readonly usage: Fields;
    }
  | { readonly type: 'message_stop' };

export interface StartedMessage {
  /** Empty where it isn't known yet. */
  readonly model: string;
  /** Figures as they came: `updateUsage` reads them. */
  readonly usage: Fields;
}

export type Block =
  | { readonly type: 'text' | 'thinking' }
  | { readonly type: 'redacted_thinking'; readonly data?: unknown }
  | {
      readonly type: 'tool_use';
      readonly id: string;
      readonly name: string;
      readonly input: object;
    }
  /** What we make nothing of. */
  | { readonly type: 'other' };

export type Delta =
  | { readonly type: 'text_delta'; readonly text: string }
  | { readonly type: 'thinking_delta'; readonly thinking: string }
  | { readonly type: 'signature_delta'; readonly signature: string }
  | { readonly type: 'input_json_delta'; readonly partial_json: string }
  | { readonly type: 'citations_delta' };
