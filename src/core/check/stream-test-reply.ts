import type { CheckedRequest } from '../claude/checked-request.ts';
import type { Claude } from '../claude/claude.ts';
import type { Outcome } from '../claude/outcome.ts';
import { now } from '../conversation/clock.ts';
import type { SeenReply } from './judge-streaming.ts';
import type { ObservedFetch } from './seen-answer.ts';

/** Streams one reply, watched. */
export async function streamTestReply(
  claude: Claude,
  request: CheckedRequest,
  observed: ObservedFetch,
  signal: AbortSignal,
): Promise<SeenReply> {
  let firstTextAt: number | null = null;
  let outcome: Outcome = { kind: 'stopped' };
  await claude.streamReply(request, {
    signal,
    emit: (event) => {
      if (event.type === 'text') firstTextAt ??= now();
      if (event.type === 'outcome') outcome = event.outcome;
    },
  });
  return { outcome, seen: observed.last, firstTextAt };
}
