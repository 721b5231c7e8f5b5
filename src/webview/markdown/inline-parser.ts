import type { MarkdownIt, Token } from 'markdown-it';
import type { References } from './references.ts';
import { safeHref } from './safe-href.ts';
import { type UnmatchedMarks, unmatchedMarks } from './unmatched-marks.ts';
import { element, text, type View } from './views.ts';

/** A run of text, parsed. */
export interface Inline extends UnmatchedMarks {
  readonly views: readonly View[];
  /** Labels that were looked up as references. */
  readonly labels: ReadonlySet<string>;
}

/** Emphasis, links and code in running text. */
export class InlineParser {
  readonly #parser: MarkdownIt;
  readonly #references: References;

  constructor(parser: MarkdownIt, references: References) {
    this.#parser = parser;
    this.#references = references;
  }

  parse(content: string): Inline {
    const { environment } = this.#references;
    let tokens: readonly Token[] = [];
    const labels = this.#references.watch(() => {
      tokens = this.#parser.parseInline(content, environment);
    });
    const views = inlineViews(tokens.flatMap(({ children }) => children ?? []));
    return { views, labels, ...unmatchedMarks(environment) };
  }
}

/** The elements that emphasis may become. */
const emphasis = new Set(['em', 'strong', 's']);

function inlineViews(tokens: readonly Token[]): readonly View[] {
  const root: View[] = [];
  const open: View[][] = [root];
  for (const token of tokens) {
    const into = open.at(-1) ?? root;
    switch (token.type) {
      case 'softbreak':
        addText(into, '\n');
        break;
      case 'hardbreak':
        into.push(element('br', []));
        break;
      case 'code_inline':
        into.push(element('code', token.content === '' ? [] : [text(token.content)]));
        break;
      case 'image':
        // Never loaded: its words and its address, as a link.
        into.push(link(attribute(token, 'src'), token.content === '' ? [] : [text(token.content)]));
        break;
      default:
        if (token.nesting === 1) {
          const children: View[] = [];
          into.push(opened(token, children));
          open.push(children);
        } else if (token.nesting === -1) open.pop();
        else addText(into, token.content);
    }
  }
  return root;
}

function opened(token: Token, children: View[]): View {
  if (token.type === 'link_open') return link(attribute(token, 'href'), children);
  return element(emphasis.has(token.tag) ? token.tag : 'span', children);
}

function addText(into: View[], content: string): void {
  if (content === '') return;
  const last = into.at(-1);
  if (last?.kind === 'text') last.text += content;
  else into.push(text(content));
}

/** An attribute's value; empty where the token has none. */
function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function link(href: string, children: readonly View[]): View {
  const safe = safeHref(href);
  if (safe === null) return element('span', children);
  return element('a', children, { href: safe, title: safe, rel: 'noreferrer' });
}
