/**
 * A finished block of the model's thinking, exactly as the API sent it: it takes its own thinking
 * back in follow-ups, and refuses what was changed.
 * @see https://platform.claude.com/docs/en/build-with-claude/extended-thinking
 */
export type Thought =
  /**
   * `thinking` is a summary, empty where none was asked for; the signature seals what was thought.
   */
  | { readonly kind: 'signed'; readonly thinking: string; readonly signature: string }
  /** Thinking that the API doesn't show. */
  | { readonly kind: 'redacted'; readonly data: string };

/** Where in its reply a thought stands. */
export interface PlacedThought {
  /** UTF-16 code units of the reply's text before it. */
  readonly at: number;
  readonly thought: Thought;
}
