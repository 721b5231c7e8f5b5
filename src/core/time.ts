/**
 * Milliseconds on a clock that never goes back. In hundredths, as the journal keeps them: a receipt
 * comes back from it to the last digit.
 */
export function now(): number {
  return Math.round(performance.now() * 100) / 100;
}

/** A day of the user's calendar, `2026-11-21`: sorts as text. */
export type Day = string;

/** @param at milliseconds since 1970 */
export function toDay(at: number): Day {
  const date = new Date(at);
  return formatDay(date.getFullYear(), date.getMonth() + 1, date.getDate());
}

/**
 * The day so many days before. By the calendar, not by hours: where clocks change, a day has 23 or
 * 25 of them.
 */
export function subtractDays(day: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const then = new Date(Date.UTC(year, month - 1, date - count));
  return formatDay(then.getUTCFullYear(), then.getUTCMonth() + 1, then.getUTCDate());
}

/** The last `count` days with this one, oldest first. */
export function listDaysUpTo(day: Day, count: number): readonly Day[] {
  return Array.from({ length: count }, (_, index) => subtractDays(day, count - 1 - index));
}

function formatDay(year: number, month: number, date: number): Day {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
}
