import type { Attachment } from '../prompt/attachment.ts';
import type { Prompt } from '../prompt/prompt.ts';
import type { Reply } from './reply.ts';

/** One prompt with its reply. */
export interface Turn {
  /**
   * The id of the reply that it follows; null where it begins the conversation. Turns that follow
   * the same one are branches: a prompt that was edited, a reply that was asked for again.
   */
  readonly after: string | null;
  readonly prompt: Prompt;
  readonly attachments: readonly Attachment[];
  readonly reply: Reply;
}
