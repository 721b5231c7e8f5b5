import type { Env, MarkdownIt, StateInline } from 'markdown-it';

/** The marks of a run of text that emphasise nothing in it, and could together with others. */
export interface UnmatchedMarks {
  /** Those that could begin emphasis, in order: `*`, `_` or `~~`. */
  readonly openers: readonly string[];
  /** Those that could end it. */
  readonly closers: ReadonlySet<string>;
}

const none: UnmatchedMarks = { openers: [], closers: new Set() };
const found = new WeakMap<Env, UnmatchedMarks>();

/** Has the parser tell which marks it left unmatched. */
export function noteUnmatchedMarks(parser: MarkdownIt): void {
  parser.inline.ruler2.after('balance_pairs', 'unmatched_marks', ({ env, delimiters }) => {
    found.set(env, delimiters.length === 0 ? none : unmatched(delimiters));
  });
}

/** Those of the text that was parsed last in this environment. */
export function unmatchedMarks(environment: Env): UnmatchedMarks {
  return found.get(environment) ?? none;
}

function unmatched(delimiters: StateInline['delimiters']): UnmatchedMarks {
  const matched = new Set(delimiters.map(({ end }) => end));
  const left = delimiters.filter(({ end }, index) => end < 0 && !matched.has(index));
  return {
    openers: left.filter(({ open }) => open).map(({ marker }) => markOf(marker)),
    closers: new Set(left.filter(({ close }) => close).map(({ marker }) => markOf(marker))),
  };
}

function markOf(marker: number): string {
  const character = String.fromCharCode(marker);
  return character === '~' ? '~~' : character;
}
