import type { L10n } from '../l10n.ts';

/** Conversations of one time, newest first. */
export interface Period<T> {
  /** The same as long as the period is: `today`, `2026-10`. */
  readonly key: string;
  readonly label: string;
  readonly items: readonly T[];
}

/** What dates are said in. */
export interface Calendar {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Such as `en`. */
  readonly locale: string;
  readonly l10n: L10n;
}

/** Today, yesterday, the last seven days, and the months before, by the machine's time zone. */
export function groupByPeriod<T extends { readonly changed: number }>(
  items: readonly T[],
  calendar: Calendar,
): readonly Period<T>[] {
  const keyOf = periodKeys(calendar.now);
  const groups = new Map<string, T[]>();
  for (const item of items.toSorted((a, b) => b.changed - a.changed)) {
    const key = keyOf(item.changed);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups].map(([key, group]) => ({
    key,
    label: getPeriodLabel(key, group[0]?.changed ?? 0, calendar),
    items: group,
  }));
}

/** `14:05` today, with its day else. */
export function createDateFormatter({ now, locale, l10n }: Calendar): (at: number) => string {
  const keyOf = periodKeys(now);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return (at) => {
    const key = keyOf(at);
    if (key === 'today') return time.format(at);
    return key === 'yesterday' ? l10n.t('Yesterday, {0}', time.format(at)) : date.format(at);
  };
}

/** Days by the calendar: the one on which the clocks change has 23 or 25 hours. */
function periodKeys(now: number): (at: number) => string {
  const today = new Date(now);
  const startOf = (daysAgo: number): number =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - daysAgo).getTime();
  const [start, yesterday, week] = [startOf(0), startOf(1), startOf(6)];
  return (at) => {
    if (at >= start) return 'today';
    if (at >= yesterday) return 'yesterday';
    if (at >= week) return 'week';
    const date = new Date(at);
    return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
  };
}

function getPeriodLabel(key: string, at: number, { locale, l10n }: Calendar): string {
  switch (key) {
    case 'today':
      return l10n.t('Today');
    case 'yesterday':
      return l10n.t('Yesterday');
    case 'week':
      return l10n.t('Last 7 Days');
    default:
      return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }).format(at);
  }
}
