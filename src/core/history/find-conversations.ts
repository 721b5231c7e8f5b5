import type { ReplayedTurn } from '../conversation/journal-replay.ts';
import { displayTitle, type ListedConversation } from './history-index.ts';
import { type Calendar, createDateFormatter } from './periods.ts';

/**
 * Finds conversations by words of their titles, files and dates, in whatever order: each word has
 * to be somewhere. A date is found as a person would say it (`november 2026`, `yesterday`) and as
 * `2026-11-21`.
 */
export function createConversationFinder(
  conversations: readonly ListedConversation[],
  calendar: Calendar,
): (typed: string) => readonly ListedConversation[] {
  // Made for the first word that is typed: to open a list nobody needs it.
  let texts: readonly string[] | undefined;
  return (typed) => {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return conversations;
    texts ??= searchTexts(conversations, calendar);
    const searched = texts;
    return conversations.filter((_, index) =>
      words.every((word) => searched[index]?.includes(word) ?? false),
    );
  };
}

function searchTexts(
  conversations: readonly ListedConversation[],
  calendar: Calendar,
): readonly string[] {
  const formatDate = createDateFormatter(calendar);
  const long = new Intl.DateTimeFormat(calendar.locale, { dateStyle: 'full' });
  // Many have one day: a date is put into words once.
  const days = new Map<string, string>();
  return conversations.map((conversation) => {
    const { files, changed } = conversation;
    const date = new Date(changed);
    const day = date.toDateString();
    const said = days.get(day) ?? `${long.format(date)} ${isoDay(date)}`;
    days.set(day, said);
    const parts = [displayTitle(conversation), ...files, said, formatDate(changed)];
    return parts.join('\n').toLowerCase();
  });
}

/** `2026-11-21`, by the machine's time zone. */
function isoDay(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** How much stands around what was found, in UTF-16 code units. */
const contextBefore = 30;
const contextAfter = 90;

/**
 * Where a text occurs in what was asked, attached or replied, whatever its case: the first place,
 * in a line of its surroundings. Null where it doesn't.
 */
export function findText(turns: readonly ReplayedTurn[], wanted: string): string | null {
  const needle = wanted.toLowerCase();
  if (needle === '') return null;
  for (const turn of turns) {
    for (const text of searchableTexts(turn)) {
      const at = text.toLowerCase().indexOf(needle);
      if (at >= 0) return excerpt(text, at, needle.length);
    }
  }
  return null;
}

function* searchableTexts({ question, events }: ReplayedTurn): Generator<string> {
  const prompt = question?.prompt;
  if (prompt !== undefined && prompt.kind !== 'explain') yield prompt.text;
  for (const attachment of question?.attachments ?? []) {
    if (attachment.kind === 'selection') yield attachment.file;
    yield attachment.text;
  }
  yield events.map(({ event }) => (event.type === 'text' ? event.text : '')).join('');
}

function excerpt(text: string, at: number, length: number): string {
  const from = Math.max(0, at - contextBefore);
  const to = Math.min(text.length, at + length + contextAfter);
  const words = text.slice(from, to).replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${words}${to < text.length ? '…' : ''}`;
}
