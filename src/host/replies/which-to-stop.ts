import type { Place } from './place.ts';

/** A reply that could be meant. */
export interface Stoppable {
  readonly place: Place | null;
}

/**
 * The reply that Stop means; null where none streams. What is active goes first: its reply, the newest
 * where it has several. Else the only one there is.
 *
 * @param replies the one that was started last is the last
 * @param from `any title` is the button of a column that isn't known: with several panels it isn't clear
 */
export function whichToStop<T extends Stoppable>(
  replies: readonly T[],
  from: 'anywhere' | 'any title',
): T | 'unclear' | null {
  const inPanels = replies.filter(({ place }) => place?.kind === 'panel');
  const meant =
    from === 'any title'
      ? inPanels
      : replies.filter(({ place }) => place?.isActive === true).slice(-1);
  const [first = null, ...others] = meant.length > 0 ? meant : replies;
  return others.length > 0 ? 'unclear' : first;
}
