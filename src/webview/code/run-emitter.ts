import type { Emitter } from 'highlight.js';
import type { TokenKind } from '../../core/theme/palette.ts';

/**
 * What stands inside a scope of the highlighter; null for plain, undefined for what is around it.
 */
type Meaning = TokenKind | null | undefined;

/** The highlighter's scopes; `title.class` also stands for `title.class.inherited`. */
const kindsByScope: Readonly<Record<string, TokenKind | null>> = {
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
function scopeToTokenKind(scope: string, around: TokenKind | null): TokenKind | null {
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
    if (Object.hasOwn(kindsByScope, name)) return kindsByScope[name];
  }
  return undefined;
}

/** A stretch of code as the highlighter tells it. */
export interface Piece {
  readonly text: string;
  readonly kind: TokenKind | null;
  /** The language that it is in, where that is another than the code's. */
  readonly language: string | null;
  /** Whether it stands outside every construct. */
  readonly isOutermost: boolean;
}

/**
 * Collects what the highlighter finds, flat and in order: the innermost scope with a meaning gives
 * a piece its kind. Takes the place of highlight.js's own emitter, which makes HTML.
 */
export class RunEmitter implements Emitter {
  readonly pieces: Piece[] = [];
  readonly #open: (TokenKind | null)[] = [];

  addText(text: string): void {
    if (text === '') return;
    const kind = this.#open.at(-1) ?? null;
    const isOutermost = this.#open.length === 0;
    const last = this.pieces.at(-1);
    // The highlighter cuts plain text where something might have begun.
    if (kind === null && last !== undefined && canMerge(last, isOutermost)) {
      this.pieces[this.pieces.length - 1] = { ...last, text: last.text + text };
    } else this.pieces.push({ text, kind, language: null, isOutermost });
  }

  startScope(scope: string): void {
    this.#open.push(scopeToTokenKind(scope, this.#open.at(-1) ?? null));
  }

  endScope(): void {
    this.#open.pop();
  }

  /** The names that the highlighter uses itself. */
  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(emitter: Emitter, language: string): void {
    if (!(emitter instanceof RunEmitter)) return;
    const around = this.#open.at(-1) ?? null;
    for (const piece of emitter.pieces) {
      this.pieces.push({
        text: piece.text,
        kind: piece.kind ?? around,
        language: piece.language ?? language,
        isOutermost: false,
      });
    }
  }

  finalize(): void {
    this.#open.length = 0;
  }

  toHTML(): string {
    return '';
  }
}

function canMerge({ kind, language, isOutermost }: Piece, isNextOutermost: boolean): boolean {
  return kind === null && language === null && isOutermost === isNextOutermost;
}
