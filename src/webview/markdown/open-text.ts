import type { Ground } from './ground.ts';
import type { Inline, InlineParser } from './inline-parser.ts';
import { type Scan, scanInline } from './inline-scan.ts';
import { beginsLine } from './line-start.ts';
import { parseOpen } from './parse-open.ts';
import { element, type View } from './views.ts';

/** Text shorter than this is parsed again as a whole. */
const longText = 512;
/** Text that stays open at the end, so that what was typed just now can still change. */
const openEnd = 64;
/** Text with marks that nothing closes is finished too when it is this long. */
const tooLong = 2048;

/** A paragraph longer than this is laid out in parts: layout looks at all of one that is whole. */
const foldedLength = 4096;
/** How far back a line's beginning is looked for. */
const longestLine = 300;

/** A finished piece of running text, and what in it later text could still reach. */
interface Piece {
  readonly text: string;
  readonly openers: readonly string[];
  readonly scan: Scan;
  /** The last node before it, in its reconciler. */
  readonly before: Node | null;
  readonly countBefore: number;
  readonly nodes: readonly ChildNode[];
}

/**
 * Running text that grows: its beginning is finished piece by piece, each up to a space where no
 * emphasis, code span, link or address is open. Where a mark stays open for long, the text behind
 * it is finished as if nothing closed it; should something close it after all, those pieces are
 * open again.
 */
export class OpenText {
  /** Where it stands; that changes when its list turns loose. */
  reconciler: Ground;
  readonly #parser: InlineParser;
  readonly #labels = new Set<string>();
  #pieces: readonly Piece[] = [];
  /** Text that its source doesn't tell any more and that isn't finished. */
  #carried = '';
  #triedLength = 0;
  /** The length of all pieces. */
  #length = 0;
  #isFolded = false;

  /** @param reconciler the paragraph, or a tight list's item */
  constructor(parser: InlineParser, reconciler: Ground) {
    this.#parser = parser;
    this.reconciler = reconciler;
  }

  get labels(): ReadonlySet<string> {
    return this.#labels;
  }

  get finishedText(): string {
    return this.#pieces.map(({ text }) => text).join('');
  }

  get finishedNodes(): readonly ChildNode[] {
    return this.#pieces.flatMap(({ nodes }) => nodes);
  }

  /** The part that isn't finished, where it stands on the page. */
  place(views: readonly View[]): readonly View[] {
    return this.#isFolded && views.length > 0 ? [element('span', views, { class: 'part' })] : views;
  }

  /** Opens all of it again. */
  reopen(): void {
    this.#reopenAt(this.#pieces[0]);
    this.#pieces = [];
  }

  /** The part that isn't finished, `fresh` at its end. Opens pieces again that it reaches. */
  open(fresh: string): string {
    const text = this.#carried + fresh;
    if (this.#pieces.length === 0) return text;
    const reached = this.#reachedBy(text);
    if (reached === -1) return text;
    const pieces = this.#pieces.slice(reached);
    this.#reopenAt(pieces[0]);
    this.#pieces = this.#pieces.slice(0, reached);
    this.#carried = pieces.map((piece) => piece.text).join('') + this.#carried;
    return this.open(fresh);
  }

  /**
   * Finishes the beginning of the text where it is long.
   * @param isInLine whether more of the last line may come
   * @param show puts these views on the page, the rest behind them
   * @returns how much of `fresh` is dealt with, in UTF-16 code units
   */
  finish(
    fresh: string,
    isInLine: boolean,
    show: (views: readonly View[], rest: string) => void,
  ): number {
    const text = this.open(fresh);
    const latest = this.#endOfPiece(text);
    if (latest === 0) return 0;
    const lineStart = this.#length >= foldedLength ? this.#lineStart(text, latest, isInLine) : 0;
    if (this.#isFolded && lineStart === 0 && text.length < 2 * tooLong) return 0;
    const end = lineStart === 0 ? latest : lineStart;
    const piece = text.slice(0, end);
    const parsed = this.#parser.parse(piece);
    const { openers, labels } = parsed;
    const views = this.#isFolded
      ? [element('span', parsed.views, { class: 'part whole' })]
      : parsed.views;
    const { reconciler } = this;
    if (lineStart !== 0 && !this.#isFolded) {
      this.#isFolded = true;
      reconciler.groupParts(views.length);
    }
    this.#length += end;
    show(views, text.slice(end));
    const { finished: before, finishedCount: countBefore } = reconciler;
    reconciler.finish(views);
    const nodes = views.flatMap(({ node }) => (node === null ? [] : [node]));
    this.#pieces = [
      ...this.#pieces,
      { text: piece, openers, scan: scanInline(piece), before, countBefore, nodes },
    ];
    for (const label of labels) this.#labels.add(label);
    const carriedBefore = this.#carried.length;
    this.#carried = end < carriedBefore ? text.slice(end) : '';
    return end < carriedBefore ? fresh.length : end - carriedBefore;
  }

  #reopenAt(piece: Piece | undefined): void {
    const before = piece?.before ?? null;
    // It is in another element where the list turned loose meanwhile.
    const { reconciler } = this;
    if (before !== null && reconciler.element.contains(before))
      reconciler.reopen(before, piece?.countBefore ?? 0);
    else reconciler.reopen(null, 0);
  }

  /** The first piece with something open that this text closes; -1 where there is none. */
  #reachedBy(text: string): number {
    const open = this.#pieces.some(({ openers, scan }) => isOpen(openers, scan));
    if (!open) return -1;
    const { closers } = this.#parser.parse(text);
    const { runs, closesBracket } = scanInline(text);
    return this.#pieces.findIndex(
      ({ openers, scan }) =>
        openers.some((mark) => closers.has(mark)) ||
        scan.openRuns.some(({ length }) => runs.has(length)) ||
        (closesBracket && scan.openBrackets.length > 0),
    );
  }

  /**
   * Where a line begins on the page, near the end of a piece: a part that ends there looks the same
   * when it is laid out by itself. 0 where there is none, as on a page that is hidden.
   */
  #lineStart(text: string, latest: number, isInLine: boolean): number {
    for (let end = latest; end > latest - longestLine; end = spaceBefore(text, end - 1)) {
      if (end <= openEnd) return 0;
      const { views } = parseOpen(text.slice(end), this.#parser, isInLine);
      if (!beginsLine(this.reconciler.element, textLength(views))) continue;
      const piece = text.slice(0, end);
      return isSettled(piece, this.#parser.parse(piece)) ? end : 0;
    }
    return 0;
  }

  /** Where the beginning of the text can be finished; 0 where it can't. */
  #endOfPiece(text: string): number {
    if (text.length < longText) return 0;
    if (text.length < tooLong && text.length < this.#triedLength + openEnd) return 0;
    const last = spaceBefore(text, text.length - openEnd);
    for (let end = last; end > openEnd; end = spaceBefore(text, (end * 3) >> 2)) {
      const piece = text.slice(0, end);
      if (isSettled(piece, this.#parser.parse(piece))) {
        this.#triedLength = 0;
        return end;
      }
    }
    this.#triedLength = text.length;
    return text.length < tooLong ? 0 : last;
  }
}

function isSettled(piece: string, { openers }: Inline): boolean {
  return !isOpen(openers, scanInline(piece));
}

function isOpen(openers: readonly string[], { openRuns, openBrackets }: Scan): boolean {
  return openers.length > 0 || openRuns.length > 0 || openBrackets.length > 0;
}

/** The last place before `from` where a word ends and white space begins. */
function spaceBefore(text: string, from: number): number {
  for (let at = from; at > 0; at--) {
    if (/\s/.test(text[at] ?? '') && /[^\s\\]/.test(text[at - 1] ?? '')) return at;
  }
  return 0;
}

function textLength(views: readonly View[]): number {
  return views.reduce((sum, view) => {
    if (view.kind === 'element') return sum + textLength(view.children);
    return sum + view.text.length;
  }, 0);
}
