import type { DomReconciler } from './dom-reconciler.ts';
import type { InlineParser, ParsedInline } from './inline-parser.ts';
import { type InlineScan, parseOpenInline, scanInline } from './open-inline.ts';
import { elementView, type View } from './views.ts';

/**
 * Whether a new line begins on the page at this place in the text at the end of an element.
 * @param fromEnd how many characters of it are behind the place, the white space there included
 */
function isLineStart(element: HTMLElement, fromEnd: number): boolean {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.lastChild() !== null);
  let left = fromEnd;
  for (let node: Node | null = walker.currentNode; node !== null; node = walker.previousNode()) {
    if (!(node instanceof Text)) return false;
    const at = node.data.length - left;
    if (at <= 0) {
      left -= node.data.length;
      continue;
    }
    // White space where a line ends has no place of its own: the word behind it has.
    const before = getCharacterRect(node, at - 1);
    const behind = getCharacterRect(node, at + 1);
    return before !== null && behind !== null && behind.top > before.bottom - 1;
  }
  return false;
}

function getCharacterRect(node: Text, at: number): DOMRect | null {
  if (at >= node.data.length) return null;
  const range = document.createRange();
  range.setStart(node, at);
  range.setEnd(node, at + 1);
  return range.getClientRects()[0] ?? null;
}

/** Text shorter than this is parsed again as a whole. */
const minCommitLength = 512;
/** Text that stays open at the end, so that what was typed just now can still change. */
const openEndLength = 64;
/** Text with marks that nothing closes is finished too when it is this long. */
const maxOpenLength = 2048;

/** A paragraph longer than this is laid out in parts: layout looks at all of one that is whole. */
const minLengthInParts = 4096;
/** How far back a line's beginning is looked for. */
const maxLineLength = 300;

/** A finished piece of running text, and what in it later text could still reach. */
interface CommittedPiece {
  readonly text: string;
  readonly openers: readonly string[];
  readonly scan: InlineScan;
  /** The last node before it, in its reconciler. */
  readonly previousNode: Node | null;
  readonly previousCount: number;
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
  reconciler: DomReconciler;
  readonly #parser: InlineParser;
  readonly #labels = new Set<string>();
  #pieces: readonly CommittedPiece[] = [];
  /** Text that its source doesn't tell any more and that isn't finished. */
  #carried = '';
  #triedLength = 0;
  /** The length of all pieces. */
  #length = 0;
  #isInParts = false;

  /** @param reconciler the paragraph, or a tight list's item */
  constructor(parser: InlineParser, reconciler: DomReconciler) {
    this.#parser = parser;
    this.reconciler = reconciler;
  }

  get labels(): ReadonlySet<string> {
    return this.#labels;
  }

  get committedText(): string {
    return this.#pieces.map(({ text }) => text).join('');
  }

  get committedNodes(): readonly ChildNode[] {
    return this.#pieces.flatMap(({ nodes }) => nodes);
  }

  /** The part that isn't finished, where it stands on the page. */
  wrapOpenViews(views: readonly View[]): readonly View[] {
    return this.#isInParts && views.length > 0
      ? [elementView('span', views, { class: 'part' })]
      : views;
  }

  /** Opens all of it again. */
  reopen(): void {
    this.#reopenAt(this.#pieces[0]);
    this.#pieces = [];
  }

  /** The part that isn't finished, `fresh` at its end. Opens pieces again that it reaches. */
  extend(fresh: string): string {
    const text = this.#carried + fresh;
    if (this.#pieces.length === 0) return text;
    const reached = this.#findReopenedPiece(text);
    if (reached === -1) return text;
    const pieces = this.#pieces.slice(reached);
    this.#reopenAt(pieces[0]);
    this.#pieces = this.#pieces.slice(0, reached);
    this.#carried = pieces.map((piece) => piece.text).join('') + this.#carried;
    return this.extend(fresh);
  }

  /**
   * Finishes the beginning of the text where it is long.
   * @param isInLine whether more of the last line may come
   * @param show puts these views on the page, the rest behind them
   * @returns how much of `fresh` is dealt with, in UTF-16 code units
   */
  commit(
    fresh: string,
    isInLine: boolean,
    show: (views: readonly View[], rest: string) => void,
  ): number {
    const text = this.extend(fresh);
    const latest = this.#findPieceEnd(text);
    if (latest === 0) return 0;
    const lineStart =
      this.#length >= minLengthInParts ? this.#findLineStart(text, latest, isInLine) : 0;
    if (this.#isInParts && lineStart === 0 && text.length < 2 * maxOpenLength) return 0;
    const end = lineStart === 0 ? latest : lineStart;
    const piece = text.slice(0, end);
    const parsed = this.#parser.parse(piece);
    const { openers, labels } = parsed;
    const views = this.#isInParts
      ? [elementView('span', parsed.views, { class: 'part whole' })]
      : parsed.views;
    const { reconciler } = this;
    if (lineStart !== 0 && !this.#isInParts) {
      this.#isInParts = true;
      reconciler.groupParts(views.length);
    }
    this.#length += end;
    show(views, text.slice(end));
    const { lastCommitted: before, committedCount: countBefore } = reconciler;
    reconciler.commit(views);
    const nodes = views.flatMap(({ node }) => (node === null ? [] : [node]));
    this.#pieces = [
      ...this.#pieces,
      {
        text: piece,
        openers,
        scan: scanInline(piece),
        previousNode: before,
        previousCount: countBefore,
        nodes,
      },
    ];
    for (const label of labels) this.#labels.add(label);
    const carriedBefore = this.#carried.length;
    this.#carried = end < carriedBefore ? text.slice(end) : '';
    return end < carriedBefore ? fresh.length : end - carriedBefore;
  }

  #reopenAt(piece: CommittedPiece | undefined): void {
    const before = piece?.previousNode ?? null;
    // It is in another element where the list turned loose meanwhile.
    const { reconciler } = this;
    if (before !== null && reconciler.element.contains(before))
      reconciler.reopen(before, piece?.previousCount ?? 0);
    else reconciler.reopen(null, 0);
  }

  /** The first piece with something open that this text closes; -1 where there is none. */
  #findReopenedPiece(text: string): number {
    const open = this.#pieces.some(({ openers, scan }) => hasOpenMarks(openers, scan));
    if (!open) return -1;
    const { closers } = this.#parser.parse(text);
    const { backtickRunLengths: runs, closesBracket } = scanInline(text);
    return this.#pieces.findIndex(
      ({ openers, scan }) =>
        openers.some((mark) => closers.has(mark)) ||
        scan.openBacktickRuns.some(({ length }) => runs.has(length)) ||
        (closesBracket && scan.openBrackets.length > 0),
    );
  }

  /**
   * Where a line begins on the page, near the end of a piece: a part that ends there looks the same
   * when it is laid out by itself. 0 where there is none, as on a page that is hidden.
   */
  #findLineStart(text: string, latest: number, isInLine: boolean): number {
    for (let end = latest; end > latest - maxLineLength; end = findSpaceBefore(text, end - 1)) {
      if (end <= openEndLength) return 0;
      const { views } = parseOpenInline(text.slice(end), this.#parser, isInLine);
      if (!isLineStart(this.reconciler.element, getTextLength(views))) continue;
      const piece = text.slice(0, end);
      return isSettled(piece, this.#parser.parse(piece)) ? end : 0;
    }
    return 0;
  }

  /** Where the beginning of the text can be finished; 0 where it can't. */
  #findPieceEnd(text: string): number {
    if (text.length < minCommitLength) return 0;
    if (text.length < maxOpenLength && text.length < this.#triedLength + openEndLength) return 0;
    const last = findSpaceBefore(text, text.length - openEndLength);
    for (let end = last; end > openEndLength; end = findSpaceBefore(text, (end * 3) >> 2)) {
      const piece = text.slice(0, end);
      if (isSettled(piece, this.#parser.parse(piece))) {
        this.#triedLength = 0;
        return end;
      }
    }
    this.#triedLength = text.length;
    return text.length < maxOpenLength ? 0 : last;
  }
}

function isSettled(piece: string, { openers }: ParsedInline): boolean {
  return !hasOpenMarks(openers, scanInline(piece));
}

function hasOpenMarks(
  openers: readonly string[],
  { openBacktickRuns: openRuns, openBrackets }: InlineScan,
): boolean {
  return openers.length > 0 || openRuns.length > 0 || openBrackets.length > 0;
}

/** The last place before `from` where a word ends and white space begins. */
function findSpaceBefore(text: string, from: number): number {
  for (let at = from; at > 0; at--) {
    if (/\s/.test(text[at] ?? '') && /[^\s\\]/.test(text[at - 1] ?? '')) return at;
  }
  return 0;
}

function getTextLength(views: readonly View[]): number {
  return views.reduce((sum, view) => {
    if (view.kind === 'element') return sum + getTextLength(view.children);
    return sum + view.text.length;
  }, 0);
}
