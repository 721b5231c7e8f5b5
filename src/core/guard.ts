/**
 * Runtime checks from which types are derived, so that a message's type and its check can't drift
 * apart.
 */
export type Guard<T> = (value: unknown) => value is T;
export type Guarded<G> = G extends Guard<infer T> ? T : never;

export const isString: Guard<string> = (value) => typeof value === 'string';

/** @param maxLength UTF-16 code units */
export function isStringUpTo(maxLength: number): Guard<string> {
  return (value): value is string => typeof value === 'string' && value.length <= maxLength;
}

export const isCount: Guard<number> = (value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Whole, and negative too. */
export const isInteger: Guard<number> = (value): value is number => Number.isSafeInteger(value);

/** Whatever has properties. */
export const isAnyObject: Guard<object> = (value): value is object =>
  typeof value === 'object' && value !== null;

export const isBoolean: Guard<boolean> = (value) => typeof value === 'boolean';

export function isOneOf<const T extends readonly string[]>(values: T): Guard<T[number]> {
  return (value): value is T[number] => values.some((known) => known === value);
}

export function isNullOr<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

/** Also where the field isn't there at all. */
export function isOptional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value);
}

export function isListOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

type Optional<S> = { [K in keyof S]: undefined extends Guarded<S[K]> ? K : never }[keyof S];
/** A field that may be undefined may be left out. */
type Shaped<S> = { readonly [K in Exclude<keyof S, Optional<S>>]: Guarded<S[K]> } & {
  readonly [K in Optional<S>]?: Guarded<S[K]>;
};

export function isObject<S extends { readonly [key: string]: Guard<unknown> }>(
  shape: S,
): Guard<Shaped<S>> {
  const entries = Object.entries(shape);
  return (value): value is Shaped<S> => {
    if (typeof value !== 'object' || value === null) return false;
    return entries.every(([key, guard]) =>
      guard(Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined),
    );
  };
}

export function isAnyOf<const G extends readonly Guard<unknown>[]>(
  ...guards: G
): Guard<Guarded<G[number]>> {
  return (value): value is Guarded<G[number]> => guards.some((guard) => guard(value));
}

/**
 * The guard of a type that is written elsewhere. One that lets through less or more doesn't
 * compile.
 */
export function guardOf<T>() {
  return <G extends Guard<T>>(guard: [T] extends [Guarded<G>] ? G : never): Guard<T> => guard;
}
