import { parseSelector, type ScopeSelector } from './scope-selector.ts';

/** One colour of a theme and the scopes that it is for. */
export interface TokenRule {
  readonly selector: ScopeSelector;
  /** `#rrggbb` or `#rrggbbaa`. */
  readonly colour: string;
}

/**
 * A theme's `tokenColors`, or a setting's `textMateRules`, as rules. What isn't understood is left
 * out, as VS Code does.
 */
export function readTokenRules(value: unknown): readonly TokenRule[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const fields = fieldsOf(entry);
    const colour = readColour(fieldsOf(fields.get('settings')).get('foreground'));
    return colour === null ? [] : rulesFor(readScopes(fields.get('scope')), colour);
  });
}

export function rulesFor(scopes: readonly string[], colour: string): readonly TokenRule[] {
  return scopes.map((scope) => ({ selector: parseSelector(scope), colour }));
}

/** A colour as themes write it, in full; null for anything else. */
export function readColour(value: unknown): string | null {
  if (typeof value !== 'string' || !/^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(value)) {
    return null;
  }
  const digits = value.slice(1).toLowerCase();
  return digits.length > 4 ? `#${digits}` : `#${digits.replaceAll(/./g, '$&$&')}`;
}

/** An object's fields by name; none for what isn't an object. */
export function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

/** A rule without a scope is the theme's default colour: the page has that already. */
function readScopes(value: unknown): readonly string[] {
  const parts = Array.isArray(value) ? value : [value];
  return parts
    .flatMap((part: unknown) => (typeof part === 'string' ? part.split(',') : []))
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}
