import { chooseAndStop } from './choose-and-stop.ts';
import type { PlaceOf } from './place.ts';
import type { RunningReplies } from './running-replies.ts';
import { type StopFrom, whichToStop } from './which-to-stop.ts';

/** Stops the reply that is meant; where it isn't clear which, the user chooses. */
export async function stopRunning(
  running: RunningReplies,
  placeOf: PlaceOf,
  from: StopFrom,
): Promise<void> {
  const replies = running.all.map((reply) => ({ ...reply, place: placeOf(reply.conversation) }));
  const which = whichToStop(replies, from);
  if (which === 'unclear') await chooseAndStop(running, replies);
  else if (which !== null) await running.stop(which.turn.reply.id);
}
