/** Inside these, text is one line of thought: the mark stands at their end. */
const blocks = 'p, h1, h2, h3, h4, h5, h6, li, td, th, code, .lines';

/**
 * Marks the block that is being written with `data-writing`, for a style that shows a cursor at its
 * end. No node comes or goes for it, and most deltas change nothing.
 */
export class WritingMark {
  readonly #root: HTMLElement;
  #marked: Element | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  follow(): void {
    this.#move(lastBlock(this.#root));
  }

  remove(): void {
    this.#move(null);
  }

  #move(to: Element | null): void {
    if (to === this.#marked) return;
    this.#marked?.removeAttribute('data-writing');
    to?.setAttribute('data-writing', '');
    this.#marked = to;
  }
}

function lastBlock(root: HTMLElement): Element {
  let found: Element = root;
  for (let at: Element | null = root; at !== null; at = at.lastElementChild) {
    if (at.matches(blocks) && !at.matches(':not(pre) > code')) found = at;
    // Text behind the last element: what is being written is here, not in there.
    if (at.lastChild instanceof Text && at.lastChild.data.trim() !== '') break;
  }
  return found;
}
