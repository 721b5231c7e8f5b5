import type { Dialogue } from './dialogue.ts';
import type { PlacedThought } from './thought.ts';

export const effortLevels = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof effortLevels)[number];

export interface Continuation {
  readonly textSoFar: string;
  /** Tells the model to go on from there. */
  readonly instruction: string;
}

export interface RequestImage {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** In base64. */
  readonly data: string;
}

/** An earlier prompt and what was answered. Neither text is empty. */
export interface Exchange {
  readonly userText: string;
  /** What went before the text. */
  readonly images?: readonly RequestImage[];
  readonly reply: string;
  /** In order; empty where the reply goes back as text alone. Text follows the last of them. */
  readonly thoughts: readonly PlacedThought[];
}

/** One question to Claude, free of the SDK's types. */
export interface ClaudeRequest {
  readonly model: string;
  /** The most tokens that the reply may have, thinking included. */
  readonly maxTokens: number;
  /** Null leaves it to the model's own default. */
  readonly effort: Effort | null;
  /** Asks for a summary of the model's thinking, where the model can give one. */
  readonly showThinking: boolean;
  readonly system: string;
  /** The conversation so far, oldest first. */
  readonly earlier: readonly Exchange[];
  readonly userText: string;
  /** They go before the text. */
  readonly images?: readonly RequestImage[];
  /**
   * Whether the API keeps the request for a while, so that a follow-up costs a tenth of it: for
   * conversations. The first writing costs a quarter more.
   */
  readonly cache: boolean;
  /** What there is of a reply that is to go on; null for a new one. */
  readonly continuation: Continuation | null;
  /** What another program asks: it stands in place of `earlier`, `userText` and `continuation`. */
  readonly dialogue?: Dialogue;
}
