import type { Place } from './place.ts';

/** A reply that could be meant. */
export interface Stoppable {
  readonly place: Place | null;
}

/**
 * Where Stop comes from: a key that is the active panel's own; a panel of which it isn't known
 * which; or any other key or command.
 */
export type StopFrom = 'active panel' | 'some panel' | 'anywhere';

/**
 * The reply that Stop means; null where there is none. What is active goes first: its reply, the
 * newest where it has several. Else the only one there is.
 *
 * @param replies the one that was started last is the last
 */
export function whichToStop<T extends Stoppable>(
  replies: readonly T[],
  from: StopFrom,
): T | 'unclear' | null {
  const inPanels = replies.filter(({ place }) => place?.kind === 'panel');
  switch (from) {
    case 'active panel':
      return inPanels.findLast(({ place }) => place?.isActive) ?? null;
    case 'some panel':
      return onlyOne(inPanels.length > 0 ? inPanels : replies);
    case 'anywhere':
      return replies.findLast(({ place }) => place?.isActive) ?? onlyOne(replies);
  }
}

function onlyOne<T>([first, ...others]: readonly T[]): T | 'unclear' | null {
  return others.length > 0 ? 'unclear' : (first ?? null);
}
