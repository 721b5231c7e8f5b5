import type { Attachment } from '../prompt/attachment.ts';
import type { Prompt } from '../prompt/prompt.ts';
import type { Reply } from './reply.ts';

/** One prompt with its reply. */
export interface Turn {
  readonly prompt: Prompt;
  readonly attachments: readonly Attachment[];
  readonly reply: Reply;
}
