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

/** A fence around a document of its own, which may hold fences as long as itself. */
const documentInfo = /^(?:md|markdown|mdx|mdc|qmd|rmd)\b/i;

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
  /** Whether the outermost fence is around a document. */
  #isDocument = false;
  /**
   * A fence that closes the document, or opens a block in it: the next fence tells. With the lines
   * since.
   */
  #candidate: { readonly fence: Fence; readonly lines: string[] } | null = null;
  #isDone = false;
  #hasMore = false;
  readonly #rest: string[] = [];
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

  /** What stands behind the code; empty where nothing does. */
  get rest(): string {
    return this.#rest.join('\n').trim();
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
    // No fence came after it: it was the document's own.
    if (this.#candidate !== null) this.#end(this.#candidate.lines.slice(1));
    return this.#needsFence ? code : code + this.#flushIntro();
  }

  #readLine(withReturn: string): string {
    const line = withReturn.replace(/\r$/, '');
    if (this.#isDone) {
      this.#end([line]);
      return '';
    }
    if (this.#candidate !== null) return this.#readBehindCandidate(line, this.#candidate);
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
      this.#isDocument = this.#allowsFences || documentInfo.test(fence.info);
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
    if (this.#fences.length === 1 && this.#isDocument) {
      this.#candidate = { fence, lines: [line] };
      return true;
    }
    this.#fences.pop();
    this.#isDone = this.#fences.length === 0;
    return this.#isDone;
  }

  /** A bare fence closes what the candidate opened; one with a language begins another block. */
  #readBehindCandidate(line: string, { fence, lines }: { fence: Fence; lines: string[] }): string {
    const next = parseFence(line);
    lines.push(line);
    if (next === null || next.character !== fence.character) return '';
    if (next.info !== '') {
      this.#end(lines.slice(1));
      return '';
    }
    if (next.length < fence.length) return '';
    this.#candidate = null;
    return lines.map((held) => this.#emitLine(held)).join('');
  }

  /** The code has ended. @param lines behind it */
  #end(lines: readonly string[]): void {
    this.#isDone = true;
    this.#candidate = null;
    this.#hasMore ||= lines.some((line) => parseFence(line) !== null);
    this.#rest.push(...lines);
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

/** The first code block of a whole reply, empty where it has none, and what follows it. */
export function readFencedCode(reply: string): {
  readonly code: string;
  /** Whether another block follows. */
  readonly hasMore: boolean;
  readonly rest: string;
} {
  const reader = new CodeReader({ needsFence: true });
  const code = reader.push(reply) + reader.finish();
  return { code, hasMore: reader.hasMore, rest: reader.rest };
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
