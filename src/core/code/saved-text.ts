/**
 * What a saved copy of a text lacks of what is written at a place in it: it was taken a moment
 * earlier. Null where it differs otherwise too.
 * @param at where the writing has come to, in UTF-16 code units
 */
export function missingFrom(saved: string, text: string, at: number): string | null {
  const count = text.length - saved.length;
  if (count < 0 || count > at) return null;
  const isCopy = saved === text.slice(0, at - count) + text.slice(at);
  return isCopy ? text.slice(at - count, at) : null;
}
