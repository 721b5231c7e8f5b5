/*
 * Reading fields of JSON that may be anything. Gateways retype, move and leave out fields: what
 * can't be understood reads as absent.
 */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value's fields; none where it has none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Null where it is no text, or empty. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The first of the values that is a text with something in it. */
export function firstText(...values: readonly unknown[]): string | null {
  return values.map(textOrNull).find((text) => text !== null) ?? null;
}

/** The text in a value: a number's digits, or what stands in a list or in a field named `text`. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(wordsOf).join('');
  return isFields(value) && 'text' in value ? wordsOf(value['text']) : '';
}

/** A whole number from 0, also where it is written as a string; null where it is none. */
export function countOrNull(value: unknown): number | null {
  const number =
    typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0
    ? Math.round(number)
    : null;
}
