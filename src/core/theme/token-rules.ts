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
    const fields = toFields(entry);
    const colour = readColour(toFields(fields.get('settings')).get('foreground'));
    return colour === null ? [] : rulesFor(readScopes(fields.get('scope')), colour);
  });
}

function rulesFor(scopes: readonly string[], colour: string): readonly TokenRule[] {
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
export function toFields(value: unknown): ReadonlyMap<string, unknown> {
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

/**
 * TextMate's scope selectors as VS Code's themes use them: words with dots, each matching a scope
 * that is the same or more particular, the last word the innermost scope, words before it scopes
 * somewhere around it (`>`: right around it).
 */
interface ScopeSelector {
  readonly scope: string;
  /** Innermost first, with `>` where the next one has to be right around. */
  readonly around: readonly string[];
}

function parseSelector(text: string): ScopeSelector {
  const words = text.trim().split(/\s+/).reverse();
  return { scope: words[0] ?? '', around: words.slice(1) };
}

/** Whether a selector matches a scope that stands in others, given outermost first. */
export function matchesSelector(
  { scope, around }: ScopeSelector,
  innermost: string,
  outer: readonly string[],
): boolean {
  if (!coversScope(scope, innermost)) return false;
  let left = outer.length;
  let isChild = false;
  for (const word of around) {
    if (word === '>') {
      isChild = true;
      continue;
    }
    left--;
    while (!isChild && left >= 0 && !coversScope(word, outer[left] ?? '')) left--;
    const found = outer[left];
    if (found === undefined || !coversScope(word, found)) return false;
    isChild = false;
  }
  return true;
}

/** Negative where `a` is less particular than `b`. Selectors that match the same scope. */
export function compareSpecificity(a: ScopeSelector, b: ScopeSelector): number {
  const byScope = a.scope.length - b.scope.length;
  if (byScope !== 0) return byScope;
  const ofA = a.around.filter((word) => word !== '>');
  const ofB = b.around.filter((word) => word !== '>');
  for (const [index, word] of ofA.entries()) {
    const byWord = word.length - (ofB[index]?.length ?? 0);
    if (byWord !== 0) return byWord;
  }
  return ofA.length - ofB.length;
}

function coversScope(word: string, scope: string): boolean {
  return scope === word || scope.startsWith(`${word}.`);
}

/** The setting's short names, with the scopes that VS Code takes them for. */
const groups: readonly (readonly [name: string, scopes: readonly string[]])[] = [
  ['comments', ['comment', 'punctuation.definition.comment']],
  ['strings', ['string']],
  ['keywords', ['keyword.control', 'storage', 'storage.type']],
  ['numbers', ['constant.numeric']],
  ['types', ['entity.name.type', 'entity.name.class', 'support.type', 'support.class']],
  ['functions', ['entity.name.function', 'support.function']],
  ['variables', ['variable', 'entity.name.variable']],
];

/**
 * What the user changed of a theme's colours, in `editor.tokenColorCustomizations`: for all themes
 * first, then for this one. They go behind the theme's own rules.
 */
export function readCustomisations(setting: unknown, theme: string): readonly TokenRule[] {
  const own = [...toFields(setting)].filter(([name]) => isSectionFor(name, theme));
  return [setting, ...own.map(([, section]) => section)].flatMap(readSection);
}

function readSection(section: unknown): readonly TokenRule[] {
  const fields = toFields(section);
  const grouped = groups.flatMap(([name, scopes]) => {
    const value = fields.get(name);
    const colour = readColour(value) ?? readColour(toFields(value).get('foreground'));
    return colour === null ? [] : rulesFor(scopes, colour);
  });
  return [...grouped, ...readTokenRules(fields.get('textMateRules'))];
}

/** `[Monokai]`, several as `[One][Two]`, and `*` for any letters. */
function isSectionFor(name: string, theme: string): boolean {
  if (!/^(?:\[[^\]]+\])+$/.test(name)) return false;
  return name
    .slice(1, -1)
    .split('][')
    .some((pattern) => isLike(pattern, theme));
}

function isLike(pattern: string, theme: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === theme;
  const last = rest.pop() ?? '';
  let at = first.length;
  if (!theme.startsWith(first)) return false;
  for (const part of rest) {
    const found = theme.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return theme.length - last.length >= at && theme.endsWith(last);
}
