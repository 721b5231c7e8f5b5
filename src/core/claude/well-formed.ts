/**
 * The value with each lone surrogate in its strings replaced by U+FFFD: the API refuses a request
 * that isn't well-formed Unicode, and a cut through an emoji makes one. Gives the value itself where
 * there is nothing to replace.
 */
export function wellFormed<T>(value: T): T {
  return replaced(value) as T;
}

function replaced(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed();
  if (Array.isArray(value)) {
    const items = value.map(replaced);
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  // Only what JSON has as an object: a stream or a buffer stays as it is.
  if (!isPlain(value)) return value;
  const entries = Object.entries(value);
  const after = entries.map(([name, field]) => [name.toWellFormed(), replaced(field)] as const);
  const isSame = after.every(
    ([name, field], at) => name === entries[at]?.[0] && field === entries[at]?.[1],
  );
  return isSame ? value : Object.fromEntries(after);
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value))
  );
}
