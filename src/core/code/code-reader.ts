/**
 * A reply that has begun with so many lines of text is code without a fence: nothing introduces it.
 */
const maxIntroLines = 4;

interface Fence {
  readonly character: string;
  readonly length: number;
  /** What stands behind it; a fence that closes has nothing. */
  readonly info: string;
}

/**
 * Takes the code out of a reply while it streams: what is inside its first fence, or all of it
 * where there is none. Blank lines around the code and carriage returns are left out. It gives
 * whole lines, and the same for every way in which the reply is cut into pieces.
 */
export class CodeReader {
  readonly #allowsFences: boolean;
  readonly #needsFence: boolean;
  /** The beginning of a line whose end hasn't come. */
  #line = '';
  /** The lines before the first fence, while there may be one. Null once it is known. */
  #intro: string[] | null = [];
  /** The fences that are open, the innermost last; none where the code stands bare. */
  readonly #fences: Fence[] = [];
  #isDone = false;
  #hasMore = false;
  #blankLines = 0;
  #isEmpty = true;

  /**
   * @param holdsFences whether the code itself may begin with words and hold fences, as Markdown does
   * @param needsFence whether there is no code but in a fence, however much text is before it
   */
  constructor({ holdsFences = false, needsFence = false } = {}) {
    this.#allowsFences = holdsFences;
    this.#needsFence = needsFence;
  }

  /** Whether another fence follows the code. */
  get hasMore(): boolean {
    return this.#hasMore;
  }

  /** Gives the code that is certain now and wasn't before. */
  push(text: string): string {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    let code = '';
    for (const line of lines) {
      code += this.#readLine(this.#line + line);
      this.#line = '';
    }
    this.#line += last;
    return code;
  }

  /** Gives the rest. */
  finish(): string {
    const code = this.#line === '' ? '' : this.#readLine(this.#line);
    this.#line = '';
    return this.#needsFence ? code : code + this.#flushIntro();
  }

  #readLine(withReturn: string): string {
    const line = withReturn.replace(/\r$/, '');
    if (this.#isDone) {
      this.#hasMore ||= parseFence(line) !== null;
      return '';
    }
    if (this.#intro !== null) return this.#readIntroLine(line, this.#intro);
    if (this.#fences.length > 0 && this.#isFence(line)) return '';
    return this.#emitLine(line);
  }

  #readIntroLine(line: string, intro: string[]): string {
    const fence = parseFence(line);
    const isWrapper = fence !== null && (intro.length === 0 || !this.#allowsFences);
    if (isWrapper) {
      this.#intro = null;
      this.#fences.push(fence);
      return '';
    }
    if (line.trim() === '' && intro.length === 0) return '';
    intro.push(line);
    if (this.#needsFence) return '';
    const isBare = this.#allowsFences || intro.filter(isText).length > maxIntroLines;
    return isBare ? this.#flushIntro() : '';
  }

  /** Whether the line is a fence of ours; one inside the code is a part of it. */
  #isFence(line: string): boolean {
    const fence = parseFence(line);
    const innermost = this.#fences.at(-1);
    if (fence === null || innermost === undefined) return false;
    if (fence.info !== '') {
      this.#fences.push(fence);
      return false;
    }
    if (fence.character !== innermost.character || fence.length < innermost.length) return false;
    this.#fences.pop();
    this.#isDone = this.#fences.length === 0;
    return this.#isDone;
  }

  #flushIntro(): string {
    const lines = this.#intro ?? [];
    this.#intro = null;
    return lines.map((line) => this.#emitLine(line)).join('');
  }

  #emitLine(line: string): string {
    if (!isText(line)) {
      if (!this.#isEmpty) this.#blankLines++;
      return '';
    }
    const before = this.#isEmpty ? '' : '\n'.repeat(this.#blankLines + 1);
    this.#isEmpty = false;
    this.#blankLines = 0;
    return before + line;
  }
}

/** The code of a whole reply. */
export function extractCode(reply: string, options?: { readonly holdsFences: boolean }): string {
  const reader = new CodeReader(options);
  return reader.push(reply) + reader.finish();
}

/** The first code block of a whole reply, empty where it has none, and whether another follows. */
export function readFencedCode(reply: string): {
  readonly code: string;
  readonly hasMore: boolean;
} {
  const reader = new CodeReader({ needsFence: true });
  const code = reader.push(reply) + reader.finish();
  return { code, hasMore: reader.hasMore };
}

function isText(line: string): boolean {
  return line.trim() !== '';
}

/** As CommonMark has it: up to three spaces, and no backtick behind a fence of backticks. */
function parseFence(line: string): Fence | null {
  const found = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(line);
  if (found === null) return null;
  const [, marks = '', info = ''] = found;
  return { character: marks.charAt(0), length: marks.length, info: info.trim() };
}
