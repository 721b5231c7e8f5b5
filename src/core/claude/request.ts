export const effortLevels = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof effortLevels)[number];

export interface Continuation {
  readonly textSoFar: string;
  /** Tells the model to go on from there. */
  readonly instruction: string;
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
  readonly userText: string;
  /** What there is of a reply that is to go on; null for a new one. */
  readonly continuation: Continuation | null;
}
