import type { Attachment } from '../../core/prompt/attachment.ts';
import { findSecrets } from '../../core/secrets/find-secrets.ts';
import { secretsIn } from '../../core/secrets/question-secrets.ts';
import { needNoConfirmation } from '../editor/need-no-confirmation.ts';

/** By attachment: the same ones are asked about at every keystroke. */
const known = new WeakMap<Attachment, boolean>();

/**
 * Whether a question may go to the API to be counted while it is written: nothing of it needs the
 * user's word first.
 */
export function mayLeave(draft: string, attachments: readonly Attachment[]): boolean {
  if (!needNoConfirmation(attachments) || findSecrets(draft).length > 0) return false;
  return !attachments.some(holdsSecrets);
}

function holdsSecrets(attachment: Attachment): boolean {
  const before = known.get(attachment);
  if (before !== undefined) return before;
  const prompt = { kind: 'explain' } as const;
  const holds = secretsIn({ prompt, attachments: [attachment] }, { t: (text) => text }).length > 0;
  known.set(attachment, holds);
  return holds;
}
