import type { Token } from 'markdown-it';
import { safeHref } from './safe-href.ts';

/**
 * Tokens as DOM nodes, made one by one from the lists below: there is no HTML text on the way, so
 * there is nothing to sanitise. What isn't listed becomes text.
 */
const containers = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'blockquote',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'em',
  'strong',
  's',
]);

export function buildDom(tokens: readonly Token[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const open: ParentNode[] = [fragment];
  for (const token of tokens) append(token, open);
  return fragment;
}

function append(token: Token, open: ParentNode[]): void {
  const parent = open.at(-1);
  if (parent === undefined) return;
  switch (token.type) {
    case 'inline':
      for (const child of token.children ?? []) append(child, open);
      return;
    case 'text':
    case 'text_special':
      parent.append(token.content);
      return;
    case 'softbreak':
      parent.append('\n');
      return;
    case 'hardbreak':
      parent.append(document.createElement('br'));
      return;
    case 'hr':
      parent.append(document.createElement('hr'));
      return;
    case 'code_inline':
      parent.append(element('code', token.content));
      return;
    case 'code_block':
    case 'fence':
      parent.append(codeBlock(token.content, token.info));
      return;
    case 'image':
      // Never loaded: its words and its address, as a link.
      parent.append(imageLink(token));
      return;
    case 'link_open':
      descend(link(attribute(token, 'href')), parent, open);
      return;
    default:
      if (token.nesting === 1) descend(container(token), parent, open);
      else if (token.nesting === -1) open.pop();
      else parent.append(token.content);
  }
}

/** An attribute's value; empty where the token has none. */
function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function descend(child: ParentNode & Node, parent: ParentNode, open: ParentNode[]): void {
  // A tight list's paragraphs are hidden: their text stands in the item itself.
  if (child instanceof DocumentFragment) open.push(parent);
  else {
    parent.append(child);
    open.push(child);
  }
}

function container(token: Token): HTMLElement | DocumentFragment {
  if (token.hidden) return document.createDocumentFragment();
  if (!containers.has(token.tag)) return document.createElement('span');
  const made = document.createElement(token.tag);
  const start = attribute(token, 'start');
  if (made instanceof HTMLOListElement && start !== '') made.start = Number(start);
  if (made instanceof HTMLTableCellElement) align(made, attribute(token, 'style'));
  return made;
}

/** Markdown's column alignment; a class, since the page allows no inline styles. */
function align(cell: HTMLTableCellElement, style: string): void {
  const alignment = /^text-align:(left|center|right)$/.exec(style)?.[1];
  if (alignment !== undefined) cell.classList.add(`align-${alignment}`);
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

function imageLink(token: Token): HTMLElement {
  const made = link(attribute(token, 'src'));
  made.append(token.content);
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
