/*
 * What another program asks Claude, message by message. Our own questions are `userText` with
 * `earlier`; what VS Code's chat or another extension composes has shapes of its own.
 */

import type { Thought } from './thought.ts';

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
export interface ThoughtPart {
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
