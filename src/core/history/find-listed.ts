import { type Listed, listedTitle } from './index-replay.ts';
import { type Calendar, dateTeller } from './periods.ts';

/**
 * Finds conversations by words of their titles, files and dates, in whatever order: each word has
 * to be somewhere. A date is found as a person would say it (`november 2026`, `yesterday`) and as
 * `2026-11-21`.
 */
export function listedFinder(
  conversations: readonly Listed[],
  calendar: Calendar,
): (typed: string) => readonly Listed[] {
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

function searchTexts(conversations: readonly Listed[], calendar: Calendar): readonly string[] {
  const tell = dateTeller(calendar);
  const long = new Intl.DateTimeFormat(calendar.locale, { dateStyle: 'full' });
  // Many have one day: a date is put into words once.
  const days = new Map<string, string>();
  return conversations.map((conversation) => {
    const { files, changed } = conversation;
    const date = new Date(changed);
    const day = date.toDateString();
    const said = days.get(day) ?? `${long.format(date)} ${isoDay(date)}`;
    days.set(day, said);
    const parts = [listedTitle(conversation), ...files, said, tell(changed)];
    return parts.join('\n').toLowerCase();
  });
}

/** `2026-11-21`, by the machine's time zone. */
function isoDay(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
