import { fieldsOf, readColour, readTokenRules, rulesFor, type TokenRule } from './token-rule.ts';

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
  const own = [...fieldsOf(setting)].filter(([name]) => isSectionFor(name, theme));
  return [setting, ...own.map(([, section]) => section)].flatMap(readSection);
}

function readSection(section: unknown): readonly TokenRule[] {
  const fields = fieldsOf(section);
  const grouped = groups.flatMap(([name, scopes]) => {
    const value = fields.get(name);
    const colour = readColour(value) ?? readColour(fieldsOf(value).get('foreground'));
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
