import type { Attachment } from '../../core/prompt/attachment.ts';

/** Above this many characters the user is asked first; it is never cut. */
const askAboveCharacters = 200_000;

/** Whether these may be sent without the user's word. */
export function needNoConfirmation(attachments: readonly Attachment[]): boolean {
  const characters = attachments.reduce((sum, { text }) => sum + text.length, 0);
  return characters <= askAboveCharacters && !attachments.some(({ text }) => text.includes('\0'));
}
