import type { MarkdownIt, Token } from 'markdown-it';
import type { LinkDefinitions } from './link-definitions.ts';
import { getUnmatchedDelimiters, type UnmatchedDelimiters } from './parser.ts';
import { elementView, textView, type View } from './views.ts';

/** The URL as it may be clicked, or null: http and https alone, whole, and without a user in it. */
export function safeHref(href: string): string | null {
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return null;
  const url = new URL(href);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return url.username === '' && url.password === '' ? url.href : null;
}

/** A run of text, parsed. */
export interface ParsedInline extends UnmatchedDelimiters {
  readonly views: readonly View[];
  /** Labels that were looked up as references. */
  readonly labels: ReadonlySet<string>;
}

/** Emphasis, links and code in running text. */
export class InlineParser {
  readonly #parser: MarkdownIt;
  readonly #references: LinkDefinitions;

  constructor(parser: MarkdownIt, references: LinkDefinitions) {
    this.#parser = parser;
    this.#references = references;
  }

  parse(content: string): ParsedInline {
    const { environment } = this.#references;
    let tokens: readonly Token[] = [];
    const labels = this.#references.recordLookups(() => {
      tokens = this.#parser.parseInline(content, environment);
    });
    const views = createInlineViews(tokens.flatMap(({ children }) => children ?? []));
    return { views, labels, ...getUnmatchedDelimiters(environment) };
  }
}

/** The elements that emphasis may become. */
const emphasisTags = new Set(['em', 'strong', 's']);

function createInlineViews(tokens: readonly Token[]): readonly View[] {
  const root: View[] = [];
  const open: View[][] = [root];
  for (const token of tokens) {
    const into = open.at(-1) ?? root;
    switch (token.type) {
      case 'softbreak':
        addText(into, '\n');
        break;
      case 'hardbreak':
        into.push(elementView('br', []));
        break;
      case 'code_inline':
        into.push(elementView('code', token.content === '' ? [] : [textView(token.content)]));
        break;
      case 'image':
        // Never loaded: its words and its address, as a link.
        into.push(
          createLinkView(
            getAttribute(token, 'src'),
            token.content === '' ? [] : [textView(token.content)],
          ),
        );
        break;
      default:
        if (token.nesting === 1) {
          const children: View[] = [];
          into.push(createElementView(token, children));
          open.push(children);
        } else if (token.nesting === -1) open.pop();
        else addText(into, token.content);
    }
  }
  return root;
}

function createElementView(token: Token, children: View[]): View {
  if (token.type === 'link_open') return createLinkView(getAttribute(token, 'href'), children);
  return elementView(emphasisTags.has(token.tag) ? token.tag : 'span', children);
}

function addText(into: View[], content: string): void {
  if (content === '') return;
  const last = into.at(-1);
  if (last?.kind === 'text') last.text += content;
  else into.push(textView(content));
}

/** An attribute's value; empty where the token has none. */
function getAttribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function createLinkView(href: string, children: readonly View[]): View {
  const safe = safeHref(href);
  if (safe === null) return elementView('span', children);
  return elementView('a', children, { href: safe, title: safe, rel: 'noreferrer' });
}
