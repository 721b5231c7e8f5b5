import type { Exchange } from '../claude/request.ts';
import { userText, withImages } from '../prompt/build-request.ts';
import type { Turn } from './turn.ts';

/**
 * What was said before, as the API wants it back: each prompt as it was sent, and what came of its
 * reply. Turns without a reply are left out, and refused ones: the API asks to take them away.
 * @param model whom it is said to: another model's thinking isn't for it
 */
export function exchangesOf(turns: readonly Turn[], model: string): readonly Exchange[] {
  return turns.flatMap(({ prompt, attachments, reply }) => {
    const { text, outcome } = reply;
    if (text.trim() === '' || outcome?.kind === 'refused') return [];
    const thoughts = isSnapshotOf(reply.receipt().model, model) ? reply.thoughts : [];
    return [
      {
        userText: userText(prompt, attachments),
        ...withImages(attachments),
        reply: text,
        thoughts,
      },
    ];
  });
}

/** The API may name the model that answers by its date: `claude-haiku-4-5-20251001`. */
function isSnapshotOf(answering: string, asked: string): boolean {
  return answering === asked || answering.replace(/-\d{8}$/, '') === asked;
}
