/**
 * What stands in place of some text while the new one streams: the lines that have come, and below
 * them the old ones that they haven't reached. So it doesn't shrink at first to grow back.
 * @param newText whole lines so far; empty where none has come
 */
export function streamedLines(oldText: string, newText: string): string {
  if (newText === '') return oldText;
  const reached = newText.split('\n').length;
  return [newText, ...oldText.split('\n').slice(reached)].join('\n');
}
