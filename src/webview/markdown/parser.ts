import type { Env, MarkdownIt, StateInline } from 'markdown-it';
import MarkdownItParser from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import { keepSurplusCells } from './table-cells.ts';

type LinkMatch = NonNullable<ReturnType<MarkdownIt['linkify']['matchAtStart']>>;

/** The marks of a run of text that emphasise nothing in it, and could together with others. */
export interface UnmatchedDelimiters {
  /** Those that could begin emphasis, in order: `*`, `_` or `~~`. */
  readonly openers: readonly string[];
  /** Those that could end it. */
  readonly closers: ReadonlySet<string>;
}

const noDelimiters: UnmatchedDelimiters = { openers: [], closers: new Set() };
const unmatchedByEnvironment = new WeakMap<Env, UnmatchedDelimiters>();

/** Has the parser tell which marks it left unmatched. */
function recordUnmatchedDelimiters(parser: MarkdownIt): void {
  parser.inline.ruler2.after('balance_pairs', 'unmatched_marks', ({ env, delimiters }) => {
    unmatchedByEnvironment.set(
      env,
      delimiters.length === 0 ? noDelimiters : findUnmatched(delimiters),
    );
  });
}

/** Those of the text that was parsed last in this environment. */
export function getUnmatchedDelimiters(environment: Env): UnmatchedDelimiters {
  return unmatchedByEnvironment.get(environment) ?? noDelimiters;
}

function findUnmatched(delimiters: StateInline['delimiters']): UnmatchedDelimiters {
  const matched = new Set(delimiters.map(({ end }) => end));
  const left = delimiters.filter(({ end }, index) => end < 0 && !matched.has(index));
  return {
    openers: left.filter(({ open }) => open).map(({ marker }) => getDelimiterText(marker)),
    closers: new Set(
      left.filter(({ close }) => close).map(({ marker }) => getDelimiterText(marker)),
    ),
  };
}

function getDelimiterText(marker: number): string {
  const character = String.fromCharCode(marker);
  return character === '~' ? '~~' : character;
}

/** East Asian letters and punctuation; none of them is in an address as browsers copy it. */
const cjk = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303F\uFF01-\uFFEF]/u;

/**
 * Ends a bare address where East Asian text begins, which is written without a space between them.
 * A host in these scripts stays whole.
 */
function endLinksAtCjk({ linkify }: MarkdownIt): void {
  const match = linkify.match.bind(linkify);
  const matchAtStart = linkify.matchAtStart.bind(linkify);
  linkify.match = (text) => match(text)?.map(endLinkAtCjk) ?? null;
  linkify.matchAtStart = (text) => {
    const link = matchAtStart(text);
    return link === null ? null : endLinkAtCjk(link);
  };
}

function endLinkAtCjk(link: LinkMatch): LinkMatch {
  const end = link.url.search(cjk);
  const hostStart = link.url.indexOf('://') + '://'.length;
  if (end <= hostStart) return link;
  const surplus = link.url.length - end;
  link.lastIndex -= surplus;
  link.text = link.text.slice(0, -surplus);
  link.raw = link.raw.slice(0, -surplus);
  link.url = link.url.slice(0, end);
  return link;
}

/** So many of a mark in a row emphasise or link nothing that anybody meant. */
const minLongRun = 64;

/**
 * Takes long runs of a mark as the text that they are: the parser would make a token of each, and
 * look from each for what closes it.
 */
function addLongRuns(parser: MarkdownIt): void {
  parser.inline.ruler.after('text', 'long_run', (state, isSilent) => {
    const { src, pos, posMax } = state;
    const mark = src.charAt(pos);
    if (!'*_~['.includes(mark)) return false;
    let end = pos + 1;
    while (end < posMax && src.charAt(end) === mark) end++;
    // The last bracket may be that of a link.
    if (mark === '[') end--;
    if (end - pos < minLongRun) return false;
    if (!isSilent) state.pending += src.slice(pos, end);
    state.pos = end;
    return true;
  });
}

/**
 * CommonMark with GFM's tables, strikethrough and autolinks, and emphasis that knows East Asian
 * text. HTML is text: it is never parsed.
 */
export function createParser(): MarkdownIt {
  const parser = new MarkdownItParser({ html: false, linkify: true, typographer: false });
  // A bare word like `main.rs` isn't a link: only what begins with a scheme is one.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  // Every link is kept as a token; `safeHref` decides what becomes clickable.
  parser.validateLink = () => true;
  parser.use(cjkFriendly);
  endLinksAtCjk(parser);
  keepSurplusCells(parser);
  recordUnmatchedDelimiters(parser);
  addLongRuns(parser);
  return parser;
}
