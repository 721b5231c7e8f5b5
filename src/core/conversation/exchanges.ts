import type { Exchange } from '../claude/request.ts';
import { userText } from '../prompt/build-request.ts';
import type { Turn } from './turn.ts';

/**
 * What was said before, as the API wants it back: each prompt as it was sent, and what came of its
 * reply. Turns without a reply are left out, and refused ones: the API asks to take them away.
 */
export function exchangesOf(turns: readonly Turn[]): readonly Exchange[] {
  return turns.flatMap(({ prompt, attachments, reply }) =>
    reply.text.trim() === '' || reply.outcome?.kind === 'refused'
      ? []
      : [{ userText: userText(prompt, attachments), reply: reply.text }],
  );
}
