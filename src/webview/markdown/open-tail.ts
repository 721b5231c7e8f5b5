import type { Env, MarkdownIt, Token } from 'markdown-it';
import { LineEnds } from './line-ends.ts';

export interface Split {
  /** Blocks that can't change any more and that no earlier call returned. */
  readonly finished: readonly Token[];
  /** What is still open: it replaces the open part of the call before. */
  readonly open: readonly Token[];
}

/**
 * Splits Markdown that grows at its end into blocks that are final and an open tail. Only the tail
 * is ever parsed again, so that a delta's cost doesn't grow with the text before it.
 */
export class OpenTail {
  readonly #parser: MarkdownIt;
  readonly #lineEnds = new LineEnds();
  /** Reference definitions seen so far; the parser adds to it. */
  readonly #environment: Env = {};
  #source = '';
  #whole = '';
  #hasDefinitions = false;

  constructor(parser: MarkdownIt) {
    this.#parser = parser;
  }

  /** All text so far, with every line end a line feed. */
  get whole(): string {
    return this.#whole;
  }

  /**
   * Whether the text has reference definitions. They may come after their use, in a block that was
   * final by then: such a text is to be parsed once more when it is whole.
   */
  get hasDefinitions(): boolean {
    return this.#hasDefinitions || holdsDefinition(this.#source);
  }

  push(text: string): Split {
    const normalised = this.#lineEnds.push(text);
    this.#whole += normalised;
    this.#source += normalised;
    const tokens = this.#parser.parse(this.#source, this.#environment);
    const last = lastCertainBlock(tokens, countLineEnds(this.#source));
    if (last === null) return { finished: [], open: tokens };
    const end = startOfLine(this.#source, last.line);
    this.#hasDefinitions ||= holdsDefinition(this.#source.slice(0, end));
    this.#source = this.#source.slice(end);
    return { finished: tokens.slice(0, last.index), open: tokens.slice(last.index) };
  }
}

function holdsDefinition(text: string): boolean {
  return /^[ >\d.*+-]*\[[^\]]+\]:/m.test(text);
}

/**
 * Where the last top-level block begins whose first line is whole: half a line may still turn out
 * to be anything. Its token's index, and its line.
 */
function lastCertainBlock(
  tokens: readonly Token[],
  wholeLines: number,
): { readonly index: number; readonly line: number } | null {
  for (let index = tokens.length - 1; index > 0; index--) {
    const token = tokens[index];
    if (token === undefined || token.level > 0 || token.nesting < 0 || token.map === null) continue;
    const line = token.map[0];
    if (line < wholeLines) return { index, line };
  }
  return null;
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let seen = 0; seen < line; seen++) at = text.indexOf('\n', at) + 1;
  return at;
}
