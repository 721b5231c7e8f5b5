import { type Guard, type Guarded, isListOf, isNullOr, isObject, isOneOf } from '../guard.ts';
import { compareSpecificity, matchesSelector, readColour, type TokenRule } from './token-rules.ts';

/**
 * What a piece of code can be, as far as colours go. Each kind is a class in the page and a colour
 * of the palette; nothing else reaches either.
 */
export const tokenKinds = [
  'comment',
  'doc-tag',
  'string',
  'escape',
  'regexp',
  'number',
  'constant',
  'symbol',
  'keyword',
  'control',
  'operator',
  'function',
  'builtin-function',
  'type',
  'builtin-type',
  'variable',
  'self',
  'property',
  'tag',
  'attribute',
  'selector',
  'css-property',
  'meta',
  'punctuation',
  'tag-punctuation',
  'inserted',
  'deleted',
  'heading',
  'bullet',
  'quote',
  'link',
  'raw',
  'strong',
  'emphasis',
] as const;

export type TokenKind = (typeof tokenKinds)[number];

/**
 * The TextMate scopes whose colour a kind takes: the first that the theme has a colour for. A scope
 * may stand behind those around it, outermost first, as a grammar would nest them.
 */
const scopesByKind: { readonly [K in TokenKind]: readonly string[] } = {
  comment: ['comment.line'],
  'doc-tag': ['comment.block storage.type.class', 'comment.block'],
  string: ['string.quoted'],
  escape: ['string.quoted constant.character.escape'],
  regexp: ['string.regexp'],
  number: ['constant.numeric'],
  constant: ['constant.language'],
  symbol: ['constant.other.symbol', 'constant.other', 'constant.language'],
  keyword: ['storage.type', 'storage', 'keyword'],
  control: ['keyword.control', 'keyword'],
  operator: ['keyword.operator'],
  function: ['entity.name.function'],
  'builtin-function': ['support.function', 'entity.name.function'],
  type: ['entity.name.type', 'entity.name.class', 'support.class'],
  'builtin-type': ['support.type', 'support.class', 'entity.name.type', 'storage.type'],
  variable: ['variable.other.readwrite', 'variable.parameter'],
  self: ['variable.language', 'constant.language'],
  property: ['support.type.property-name', 'meta.object-literal.key', 'variable.other.property'],
  tag: ['entity.name.tag'],
  attribute: ['entity.other.attribute-name'],
  selector: ['entity.other.attribute-name.class.css', 'entity.name.tag.css'],
  'css-property': ['support.type.property-name.css'],
  meta: ['meta.preprocessor', 'keyword.control.directive', 'entity.name.function'],
  punctuation: ['punctuation'],
  'tag-punctuation': ['punctuation.definition.tag'],
  inserted: ['markup.inserted'],
  deleted: ['markup.deleted'],
  heading: ['markup.heading entity.name.section', 'markup.heading'],
  bullet: ['punctuation.definition.list.begin.markdown'],
  quote: ['markup.quote', 'punctuation.definition.quote.begin.markdown'],
  link: ['markup.underline.link', 'string.other.link'],
  raw: ['markup.inline.raw', 'markup.raw'],
  strong: ['markup.bold'],
  emphasis: ['markup.italic'],
};

const isColour: Guard<string> = (value): value is string => readColour(value) === value;

/** The colours of code. A kind without one looks like plain text. */
export const isPalette = isListOf(
  isObject({ kind: isOneOf(tokenKinds), colour: isNullOr(isColour) }),
);
export type Palette = Guarded<typeof isPalette>;

/** @param rules in the order in which they were given: of two alike the later one counts */
export function resolvePalette(rules: readonly TokenRule[]): Palette {
  return tokenKinds.map((kind) => ({ kind, colour: findColour(kind, rules) }));
}

function findColour(kind: TokenKind, rules: readonly TokenRule[]): string | null {
  for (const stack of scopesByKind[kind]) {
    const scopes = stack.split(' ');
    // A scope without a colour of its own has that of the scope around it.
    for (let depth = scopes.length; depth > 0; depth--) {
      const found = bestRule(scopes.slice(0, depth), rules);
      if (found !== null) return found.colour;
    }
  }
  return null;
}

function bestRule(scopes: readonly string[], rules: readonly TokenRule[]): TokenRule | null {
  const innermost = scopes.at(-1) ?? '';
  const outer = scopes.slice(0, -1);
  let best: TokenRule | null = null;
  for (const rule of rules) {
    if (!matchesSelector(rule.selector, innermost, outer)) continue;
    if (best === null || compareSpecificity(rule.selector, best.selector) >= 0) best = rule;
  }
  return best;
}
