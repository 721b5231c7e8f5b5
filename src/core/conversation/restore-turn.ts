import type { ReplayedTurn } from './journal-replay.ts';
import { Reply } from './reply.ts';
import type { Turn } from './turn.ts';

/**
 * A turn as it was, from what the journal tells of it.
 * @param startedAt when its reply started, on the clock that further events are told in
 */
export function restoreTurn({ replyId, asked, events }: ReplayedTurn, startedAt: number): Turn {
  const reply = new Reply(replyId, asked?.model ?? '', startedAt);
  for (const { event, at } of events) reply.apply(event, startedAt + at);
  return {
    prompt: asked?.prompt ?? { kind: 'free', text: '' },
    attachments: asked?.attachments ?? [],
    reply,
  };
}
