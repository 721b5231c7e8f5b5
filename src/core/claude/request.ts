/**
 * A finished block of the model's thinking, exactly as the API sent it: it takes its own thinking
 * back in follow-ups, and refuses what was changed.
 * @see https://platform.claude.com/docs/en/build-with-claude/extended-thinking
 */
export type Thought = (
  | {
      readonly kind: 'signed';
      /** A summary, empty where none was asked for. */
      readonly thinking: string;
      /** Seals what was thought. */
      readonly signature: string;
    }
  /** Thinking that the API doesn't show. */
  | { readonly kind: 'redacted'; readonly data: string }
) & {
  /**
   * Digest of all that was sent before it (see preserved-thinking.ts). Without one, in journals of
   * earlier versions, it never goes back.
   */
  readonly behind?: string | undefined;
};

/** Where in its reply a thought stands. */
export interface PlacedThought {
  /** UTF-16 code units of the reply's text before it. */
  readonly at: number;
  readonly thought: Thought;
}

/*
 * What another program asks Claude, message by message. Our own questions are `userText` with
 * `earlier`; what VS Code's chat or another extension composes has shapes of its own.
 */

export type ImageType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

export interface TextPart {
  readonly kind: 'text';
  readonly text: string;
}

export interface ImagePart {
  readonly kind: 'image';
  readonly mediaType: ImageType;
  readonly base64: string;
}

/** The model asks for a tool to be run. */
export interface ToolCall {
  readonly kind: 'tool-call';
  readonly id: string;
  readonly name: string;
  readonly input: object;
}

/** What the tool said. */
export interface ToolResult {
  readonly kind: 'tool-result';
  readonly callId: string;
  readonly parts: readonly (TextPart | ImagePart)[];
}

/** What the model thought, to go back to it unchanged. */
interface ThoughtPart {
  readonly kind: 'thought';
  readonly thought: Thought;
}

export type DialoguePart = TextPart | ImagePart | ToolCall | ToolResult | ThoughtPart;

export interface DialogueMessage {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly DialoguePart[];
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  /** A JSON schema of an object. */
  readonly inputSchema: object;
}

export interface Dialogue {
  /** In order; several of one role may follow each other. */
  readonly messages: readonly DialogueMessage[];
  readonly tools: readonly Tool[];
  /** Whether the model has to call one of the tools. Some models refuse that. */
  readonly mustCallTool: boolean;
}

export const effortLevels = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof effortLevels)[number];

interface Continuation {
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
