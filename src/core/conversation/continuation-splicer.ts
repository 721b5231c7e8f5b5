/** A model that says its last words again says this much of them at the least. */
const minOverlap = 10;
const maxOverlap = 400;

/**
 * Joins the continuation of a reply to its text so far. The model is asked to go on with the very
 * next character; where it says its last words again, or opens a code block anew that is still
 * open, that is taken out. Only as much of the beginning is held back as is needed to tell.
 */
export class ContinuationSplicer {
  readonly #before: string;
  readonly #isInFence: boolean;
  #buffer = '';
  #settled = false;

  constructor(textSoFar: string) {
    this.#before = textSoFar.slice(-maxOverlap);
    this.#isInFence = findOpenFence(textSoFar) !== null;
  }

  /** The part of the text so far that belongs to the reply; the rest may follow later. */
  push(text: string): string {
    if (this.#settled) return text;
    this.#buffer += text;
    return this.#isUndecided() ? '' : this.finish();
  }

  /** What was held back, once nothing more comes. */
  finish(): string {
    if (this.#settled) return '';
    this.#settled = true;
    const text = this.#withoutFence();
    this.#buffer = '';
    return text.slice(overlapLength(this.#before, text));
  }

  /** Whether more text may show that the beginning is a repetition. */
  #isUndecided(): boolean {
    if (this.#isInFence && /^\n*(`{0,2}|~{0,2}|(`{3,}|~{3,})[^\n]*)$/.test(this.#buffer))
      return true;
    return couldBeRepetition(this.#before, this.#withoutFence());
  }

  /** Without the code block's marker, where that block is open already. */
  #withoutFence(): string {
    const [opening, newline, info] = reopenedFence.exec(this.#buffer) ?? [];
    if (!this.#isInFence || opening === undefined) return this.#buffer;
    // Alone on a line of its own it closes the block, as it should.
    const isOwnLine = newline !== '' || this.#before.endsWith('\n');
    return info === '' && isOwnLine ? this.#buffer : this.#buffer.slice(opening.length);
  }
}

const reopenedFence = /^(\n*)(?:`{3,}|~{3,})[ \t]*([^\n`]*)\n/;

/** Whether `text` begins a repetition of the end of `before` that isn't complete yet. */
function couldBeRepetition(before: string, text: string): boolean {
  for (let length = before.length; length > text.length && length >= minOverlap; length--) {
    if (before.startsWith(text, before.length - length)) return true;
  }
  return false;
}

/** How much of the beginning of `text` is the end of `before` said again. */
function overlapLength(before: string, text: string): number {
  for (let length = Math.min(before.length, text.length); length >= minOverlap; length--) {
    const repeated = text.slice(0, length);
    // Brackets and blanks repeat in code by right; words hardly do.
    if (/\w{2,}\W+\w{2,}/.test(repeated) && before.endsWith(repeated)) return length;
  }
  return 0;
}

/** The marker of the code block that is open at the end of a Markdown text, or null. */
export function findOpenFence(markdown: string): string | null {
  return findOpenFenceLine(markdown)?.marker ?? null;
}

/** The line that opens the code block that is open at the end of a Markdown text, or null. */
export function findOpenFenceLine(
  markdown: string,
): { readonly marker: string; readonly index: number } | null {
  let open: { readonly marker: string; readonly index: number } | null = null;
  for (const [index, line] of markdown.split('\n').entries()) {
    const [, marker, info] = /^[ \t>]*(?:[-*+] +|\d+[.)] +)*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (marker === undefined || info === undefined) continue;
    if (open === null) {
      if (!(marker.startsWith('`') && info.includes('`'))) open = { marker, index };
    } else if (marker.startsWith(open.marker) && info.trim() === '') open = null;
  }
  return open;
}
