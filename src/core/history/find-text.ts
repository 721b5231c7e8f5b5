import type { ReplayedTurn } from '../conversation/journal-replay.ts';

/** How much stands around what was found, in UTF-16 code units. */
const before = 30;
const after = 90;

/**
 * Where a text occurs in what was asked, attached or replied, whatever its case: the first place,
 * in a line of its surroundings. Null where it doesn't.
 */
export function findText(turns: readonly ReplayedTurn[], wanted: string): string | null {
  const needle = wanted.toLowerCase();
  if (needle === '') return null;
  for (const turn of turns) {
    for (const text of textsOf(turn)) {
      const at = text.toLowerCase().indexOf(needle);
      if (at >= 0) return excerpt(text, at, needle.length);
    }
  }
  return null;
}

function* textsOf({ asked, events }: ReplayedTurn): Generator<string> {
  const prompt = asked?.prompt;
  if (prompt !== undefined && prompt.kind !== 'explain') yield prompt.text;
  for (const attachment of asked?.attachments ?? []) {
    if (attachment.kind === 'selection') yield attachment.file;
    yield attachment.text;
  }
  yield events.map(({ event }) => (event.type === 'text' ? event.text : '')).join('');
}

function excerpt(text: string, at: number, length: number): string {
  const from = Math.max(0, at - before);
  const to = Math.min(text.length, at + length + after);
  const words = text.slice(from, to).replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${words}${to < text.length ? '…' : ''}`;
}
