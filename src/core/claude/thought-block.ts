import type { ContentBlockParam } from '@anthropic-ai/sdk/resources/messages/messages';
import type { Thought } from './thought.ts';

/** A thought as it goes back to the API. */
export function thoughtBlock(thought: Thought): ContentBlockParam {
  return thought.kind === 'signed'
    ? { type: 'thinking', thinking: thought.thinking, signature: thought.signature }
    : { type: 'redacted_thinking', data: thought.data };
}
