import { type Guarded, isCount, isNullOr, isObject, isString, isWhole } from '../../core/guard.ts';

/**
 * Which text stands at the top of the view. Told by characters, not by pixels alone, so that it is
 * found again in a page of another width.
 */
export const isReadingPlace = isObject({
  replyId: isString,
  /** UTF-16 code units of the reply's shown text before it; null where its question is in view. */
  character: isNullOr(isCount),
  /** From the view's top down to it, in whole CSS pixels; negative where it begins above. */
  offset: isWhole,
});
export type ReadingPlace = Guarded<typeof isReadingPlace>;

/** Null where there is no reply. */
export function readPlace(transcript: HTMLElement): ReadingPlace | null {
  // By their bundles first: those out of sight aren't laid out, and needn't be for this.
  const turn = lastAbove(lastAbove(transcript.children)?.children ?? []);
  const replyId = turn?.dataset['reply'];
  if (turn === undefined || replyId === undefined) return null;
  const text = replyText(turn);
  if (text === null || topOf(text) >= 0) {
    return { replyId, character: null, offset: Math.round(topOf(turn)) };
  }
  const before = charactersAbove(text);
  const offset = Math.round(topOfCharacter(text, before) ?? topOf(turn));
  return { replyId, character: before, offset };
}

/** The last one that begins above the view's top or at it; else the first. */
function lastAbove(elements: Iterable<Element>): HTMLElement | undefined {
  const all = [...elements].filter((each) => each instanceof HTMLElement);
  return all.findLast((each) => topOf(each) < 1) ?? all[0];
}

/** Scrolls to where the place is now. */
export function showPlace(transcript: HTMLElement, { replyId, character, offset }: ReadingPlace) {
  const turn = transcript.querySelector<HTMLElement>(`[data-reply="${CSS.escape(replyId)}"]`);
  if (turn === null) return;
  const text = replyText(turn);
  const top = character === null || text === null ? null : topOfCharacter(text, character);
  window.scrollBy({ top: (top ?? topOf(turn)) - offset, behavior: 'instant' });
}

function replyText(turn: HTMLElement): HTMLElement | null {
  return turn.querySelector<HTMLElement>('[data-reply-text]');
}

function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}

/** The text before the innermost node that reaches into the view. */
function charactersAbove(text: HTMLElement): number {
  let before = 0;
  let at: Element = text;
  for (;;) {
    let inner: Element | null = null;
    for (const child of at.childNodes) {
      const length = child.textContent?.length ?? 0;
      if (length > 0 && bottomOf(child) > 0) {
        if (child instanceof Element) inner = child;
        break;
      }
      before += length;
    }
    if (inner === null) return before;
    at = inner;
  }
}

function bottomOf(node: Node): number {
  if (node instanceof Element) return node.getBoundingClientRect().bottom;
  const range = document.createRange();
  range.selectNodeContents(node);
  return range.getBoundingClientRect().bottom;
}

function topOfCharacter(text: HTMLElement, character: number): number | null {
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
    return node.parentElement === null ? null : topOf(node.parentElement);
  }
  return null;
}
