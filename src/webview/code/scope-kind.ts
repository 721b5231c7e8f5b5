import type { TokenKind } from '../../core/theme/token-kind.ts';

/**
 * What stands inside a scope of the highlighter; null for plain, undefined for what is around it.
 */
type Meaning = TokenKind | null | undefined;

/** The highlighter's scopes; `title.class` also stands for `title.class.inherited`. */
const meanings: Readonly<Record<string, TokenKind | null>> = {
  addition: 'inserted',
  attr: 'property',
  attribute: 'css-property',
  built_in: 'builtin-type',
  bullet: 'bullet',
  'char.escape': 'escape',
  code: 'raw',
  comment: 'comment',
  deletion: 'deleted',
  doctag: 'doc-tag',
  emphasis: 'emphasis',
  formula: 'raw',
  keyword: 'keyword',
  link: 'link',
  literal: 'constant',
  meta: 'meta',
  name: 'tag',
  number: 'number',
  operator: 'operator',
  property: 'property',
  punctuation: 'punctuation',
  quote: 'quote',
  regexp: 'regexp',
  section: 'heading',
  'selector-attr': 'selector',
  'selector-class': 'selector',
  'selector-id': 'selector',
  'selector-pseudo': 'selector',
  'selector-tag': 'selector',
  string: 'string',
  strong: 'strong',
  subst: null,
  symbol: 'symbol',
  tag: 'tag-punctuation',
  'template-tag': 'control',
  'template-variable': 'variable',
  title: 'function',
  'title.class': 'type',
  'title.function': 'function',
  type: 'type',
  variable: 'variable',
  'variable.constant': 'constant',
  'variable.language': 'self',
};

/** What a scope means inside another, whose kind is given. */
export function kindOfScope(scope: string, around: TokenKind | null): TokenKind | null {
  const meaning = lookUp(scope);
  if (meaning === undefined) return around;
  if (meaning === 'keyword' && (around === 'meta' || around === 'constant')) return around;
  if (around === 'tag-punctuation' && meaning === 'property') return 'attribute';
  return meaning;
}

function lookUp(scope: string): Meaning {
  const names = scope.split('.');
  for (let count = names.length; count > 0; count--) {
    const name = names.slice(0, count).join('.');
    if (Object.hasOwn(meanings, name)) return meanings[name];
  }
  return undefined;
}
