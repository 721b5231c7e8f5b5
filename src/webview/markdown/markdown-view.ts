import type { Env, MarkdownIt, Token } from 'markdown-it';
import { buildDom } from './build-dom.ts';
import { LineEnds } from './line-ends.ts';

/**
 * Shows Markdown that grows at its end. Blocks that can't change any more are put into the page
 * once; only the open tail is parsed and built again.
 */
export class MarkdownView {
  readonly #root: HTMLElement;
  readonly #parser: MarkdownIt;
  /** Reference definitions that were seen so far; the parser adds to it. */
  readonly #environment: Env = {};
  #tail = '';
  #tailNodes: readonly Node[] = [];
  /** Definitions may come after their use: such a text is parsed once more when it is whole. */
  #hasDefinitions = false;
  #whole = '';
  readonly #lineEnds = new LineEnds();

  constructor(root: HTMLElement, parser: MarkdownIt) {
    this.#root = root;
    this.#parser = parser;
  }

  /** Adds text and shows it. Call it once a frame. */
  append(text: string): void {
    const normalised = this.#lineEnds.push(text);
    this.#whole += normalised;
    this.#tail += normalised;
    const tokens = this.#parser.parse(this.#tail, this.#environment);
    const boundary = lastBlockStart(tokens);
    const openLine = countLines(this.#tail);
    // The last block's first line must be whole: half a line may still turn out to be anything.
    if (boundary !== null && boundary.line > 0 && boundary.line < openLine) {
      const finished = tokens.slice(0, boundary.index);
      const rest = tokens.slice(boundary.index);
      const end = offsetOfLine(this.#tail, boundary.line);
      this.#hasDefinitions ||= /^ {0,3}\[[^\]]+\]:/m.test(this.#tail.slice(0, end));
      this.#showTail(finished);
      this.#tailNodes = [];
      this.#tail = this.#tail.slice(end);
      this.#showTail(rest);
    } else {
      this.#showTail(tokens);
    }
  }

  /** The text is whole: what a late reference definition changes is mended. */
  finish(): void {
    if (!this.#hasDefinitions && !/^ {0,3}\[[^\]]+\]:/m.test(this.#tail)) return;
    const whole = buildDom(this.#parser.parse(this.#whole, {}));
    const shown = document.createDocumentFragment();
    for (const child of this.#root.childNodes) shown.append(child.cloneNode(true));
    if (!shown.isEqualNode(whole)) this.#root.replaceChildren(whole);
  }

  #showTail(tokens: readonly Token[]): void {
    const built = buildDom(tokens);
    const nodes = [...built.childNodes];
    for (const node of this.#tailNodes) node.parentNode?.removeChild(node);
    this.#root.append(built);
    this.#tailNodes = nodes;
  }
}

/** Where the last top-level block begins. */
function lastBlockStart(tokens: readonly Token[]): { index: number; line: number } | null {
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index];
    if (token !== undefined && token.level === 0 && token.nesting >= 0 && token.map !== null) {
      return { index, line: token.map[0] };
    }
  }
  return null;
}

/** Lines that are whole, that is, ended by a line feed. */
function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function offsetOfLine(text: string, line: number): number {
  let at = 0;
  for (let seen = 0; seen < line; seen++) at = text.indexOf('\n', at) + 1;
  return at;
}
