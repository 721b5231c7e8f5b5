import {
  type Guarded,
  isCount,
  isInteger,
  isNullOr,
  isObject,
  isString,
} from '../../core/guard.ts';

/**
 * Which text stands at the top of the view. Told by characters, not by pixels alone, so that it is
 * found again in a page of another width.
 */
export const isReadingPosition = isObject({
  replyId: isString,
  /** UTF-16 code units of the reply's shown text before it; null where its question is in view. */
  character: isNullOr(isCount),
  /** From the view's top down to it, in whole CSS pixels; negative where it begins above. */
  offset: isInteger,
});
export type ReadingPosition = Guarded<typeof isReadingPosition>;

/** Null where there is no reply. */
export function getReadingPosition(transcript: HTMLElement): ReadingPosition | null {
  // By their bundles first: those out of sight aren't laid out, and needn't be for this.
  const turn = findLastAboveTop(findLastAboveTop(transcript.children)?.children ?? []);
  const replyId = turn?.dataset['reply'];
  if (turn === undefined || replyId === undefined) return null;
  const text = getReplyTextElement(turn);
  if (text === null || getTop(text) >= 0) {
    return { replyId, character: null, offset: Math.round(getTop(turn)) };
  }
  const before = countCharactersAbove(text);
  const offset = Math.round(getCharacterTop(text, before) ?? getTop(turn));
  return { replyId, character: before, offset };
}

/** The last one that begins above the view's top or at it; else the first. */
function findLastAboveTop(elements: Iterable<Element>): HTMLElement | undefined {
  const all = [...elements].filter((each) => each instanceof HTMLElement);
  return all.findLast((each) => getTop(each) < 1) ?? all[0];
}

/** Scrolls to where the place is now. */
export function scrollToReadingPosition(
  transcript: HTMLElement,
  { replyId, character, offset }: ReadingPosition,
) {
  const turn = transcript.querySelector<HTMLElement>(`[data-reply="${CSS.escape(replyId)}"]`);
  if (turn === null) return;
  const text = getReplyTextElement(turn);
  const top = character === null || text === null ? null : getCharacterTop(text, character);
  window.scrollBy({ top: (top ?? getTop(turn)) - offset, behavior: 'instant' });
}

function getReplyTextElement(turn: HTMLElement): HTMLElement | null {
  return turn.querySelector<HTMLElement>('[data-reply-text]');
}

function getTop(element: Element): number {
  return element.getBoundingClientRect().top;
}

/** The text before the innermost node that reaches into the view. */
function countCharactersAbove(text: HTMLElement): number {
  let before = 0;
  let at: Element = text;
  for (;;) {
    let inner: Element | null = null;
    for (const child of at.childNodes) {
      const length = child.textContent?.length ?? 0;
      if (length > 0 && getBottom(child) > 0) {
        if (child instanceof Element) inner = child;
        break;
      }
      before += length;
    }
    if (inner === null) return before;
    at = inner;
  }
}

function getBottom(node: Node): number {
  if (node instanceof Element) return node.getBoundingClientRect().bottom;
  const range = document.createRange();
  range.selectNodeContents(node);
  return range.getBoundingClientRect().bottom;
}

function getCharacterTop(text: HTMLElement, character: number): number | null {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    const within = character - before;
    before += length;
    if (character >= before) continue;
    const range = document.createRange();
    range.setStart(node, within);
    range.setEnd(node, within + 1);
    const { top, height } = range.getBoundingClientRect();
    // White space between blocks isn't drawn.
    if (height > 0) return top;
    return node.parentElement === null ? null : getTop(node.parentElement);
  }
  return null;
}

/*
 * Which receipts and thoughts are unfolded: each is named by what it is and whose reply's, such as
 * `receipt 3f2a…`.
 */

function getDetailsName(details: HTMLDetailsElement): string {
  const replyId = details.closest<HTMLElement>('[data-reply]')?.dataset['reply'] ?? '';
  return `${'receipt' in details.dataset ? 'receipt' : 'thinking'} ${replyId}`;
}

function listDetails(transcript: HTMLElement): readonly HTMLDetailsElement[] {
  const selector = 'details:is([data-receipt], [data-thinking])';
  return [...transcript.querySelectorAll<HTMLDetailsElement>(selector)];
}

export function getOpenDetails(transcript: HTMLElement): readonly string[] {
  return listDetails(transcript)
    .filter((details) => details.open)
    .map(getDetailsName);
}

export function restoreOpenDetails(transcript: HTMLElement, names: readonly string[]): void {
  for (const details of listDetails(transcript))
    details.open = names.includes(getDetailsName(details));
}
