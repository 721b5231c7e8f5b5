import type { MarkdownIt, Token } from 'markdown-it';
import { safeHref } from '../../../src/webview/markdown/inline-parser.ts';

const containers = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote table thead tbody tr th td em strong s'.split(' '),
);

/**
 * What a Markdown text reads like: the parser's own tokens for the whole text as DOM nodes, by the
 * plainest way. What the incremental renderer shows is compared with it.
 */
export function referenceDom(parser: MarkdownIt, source: string): DocumentFragment {
  // The parser's own rules, and before running text is looked at: GFM's tasks, which it lacks.
  const tokens: Token[] = [];
  const environment = {};
  const whole = source.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  parser.block.parse(whole, parser, environment, tokens);
  const boxes = new Map<Token, string>();
  for (const [index, token] of tokens.entries()) takeTask(tokens, token, index, boxes);
  const fragment = document.createDocumentFragment();
  const open: ParentNode[] = [fragment];
  for (const token of tokens) {
    if (token.type === 'reference_definition') continue;
    const box = boxes.get(token);
    if (box !== undefined) open.at(-1)?.append(box);
    const inline =
      token.type === 'inline' ? parser.parseInline(token.content, environment) : [token];
    for (const one of inline) append(parser, one, open);
  }
  return fragment;
}

function takeTask(
  tokens: readonly Token[],
  token: Token,
  index: number,
  boxes: Map<Token, string>,
): void {
  const inline = tokens[index + 2];
  if (token.type !== 'list_item_open' || tokens[index + 1]?.type !== 'paragraph_open') return;
  const mark = /^\[([ xX])\][ \t]+(?=\S)/.exec(inline?.content ?? '');
  if (inline === undefined || mark === null) return;
  inline.content = inline.content.slice(mark[0].length);
  token.attrSet('class', 'task');
  boxes.set(inline, mark[1] === ' ' ? '\u2610 ' : '\u2611 ');
}

function append(parser: MarkdownIt, token: Token, open: ParentNode[]): void {
  const parent = open.at(-1);
  if (parent === undefined) return;
  switch (token.type) {
    case 'inline':
      for (const child of token.children ?? []) append(parser, child, open);
      return;
    case 'softbreak':
      parent.append('\n');
      return;
    case 'hardbreak':
    case 'hr':
      parent.append(document.createElement(token.tag));
      return;
    case 'code_inline':
      parent.append(element('code', token.content));
      return;
    case 'code_block':
    case 'fence':
      parent.append(codeBlock(token.content, parser.utils.unescapeAll(token.info)));
      return;
    case 'image': {
      const made = link(attribute(token, 'src'));
      made.append(token.content);
      parent.append(made);
      return;
    }
    case 'link_open':
      descend(link(attribute(token, 'href')), parent, open);
      return;
    default:
      // A tight list's paragraphs are hidden: their text stands in the item itself.
      if (token.nesting === 1) descend(token.hidden ? null : container(token), parent, open);
      else if (token.nesting === -1) open.pop();
      else parent.append(token.content);
  }
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function descend(child: HTMLElement | null, parent: ParentNode, open: ParentNode[]): void {
  if (child !== null) parent.append(child);
  open.push(child ?? parent);
}

function container(token: Token): HTMLElement {
  const made = document.createElement(containers.has(token.tag) ? token.tag : 'span');
  const align = /^text-align:(\w+)$/.exec(attribute(token, 'style'))?.[1];
  const names = [attribute(token, 'class'), align === undefined ? '' : `align-${align}`];
  made.className = names.join('');
  if (made.className === '') made.removeAttribute('class');
  if (/^h[12]$/.test(token.tag)) made.setAttribute('aria-level', '3');
  const start = attribute(token, 'start');
  if (start !== '') made.setAttribute('start', start);
  return made;
}

function link(href: string): HTMLElement {
  const safe = safeHref(href);
  if (safe === null) return document.createElement('span');
  const made = document.createElement('a');
  made.href = safe;
  made.title = safe;
  made.rel = 'noreferrer';
  return made;
}

function codeBlock(content: string, info: string): HTMLElement {
  const pre = document.createElement('pre');
  pre.tabIndex = 0;
  const language = info.trim().split(/\s+/)[0] ?? '';
  if (language !== '') pre.dataset['language'] = language;
  pre.append(element('code', content));
  return pre;
}

function element(tag: 'code', text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
