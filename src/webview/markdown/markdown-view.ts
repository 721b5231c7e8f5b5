import type { MarkdownIt } from 'markdown-it';
import { type CreateCodeBlock, createPlainCodeBlock } from '../code/plain-code-block.ts';
import { sectionGrouping } from './child-groups.ts';
import { DomReconciler } from './dom-reconciler.ts';
import { OpenDocument } from './open-document.ts';

/** Inside these, text is one line of thought: the mark stands at their end. */
const blockSelector = 'p, h1, h2, h3, h4, h5, h6, li, td, th, code, .lines';

/**
 * Marks the block that is being written with `data-writing`, for a style that shows a cursor at its
 * end. No node comes or goes for it, and most deltas change nothing.
 */
class StreamingCursor {
  readonly #root: HTMLElement;
  #marked: Element | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  moveToEnd(): void {
    this.#move(findLastBlock(this.#root));
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

function findLastBlock(root: HTMLElement): Element {
  let found: Element = root;
  for (let at: Element | null = root; at !== null; at = at.lastElementChild) {
    if (at.matches(blockSelector) && !at.matches(':not(pre) > code')) found = at;
    // Text behind the last element: what is being written is here, not in there.
    if (at.lastChild instanceof Text && at.lastChild.data.trim() !== '') break;
  }
  return found;
}

/** Shows Markdown that grows at its end: finished blocks are put into the page once. */
export class MarkdownView {
  readonly #document: OpenDocument;
  readonly #cursor: StreamingCursor;

  constructor(
    root: HTMLElement,
    parser: MarkdownIt,
    createCodeBlock: CreateCodeBlock = createPlainCodeBlock,
  ) {
    const reconciler = new DomReconciler(root, createCodeBlock, sectionGrouping);
    this.#document = new OpenDocument(parser, reconciler, createCodeBlock);
    this.#cursor = new StreamingCursor(root);
  }

  /** Adds text and shows it. Call it once a frame. */
  append(text: string): void {
    if (this.#document.append(text)) this.#cursor.moveToEnd();
  }

  /**
   * The text has ended: what was held back is shown. It may go on after all.
   * @param isWhole false where it breaks off: its open marks are shown as closed
   */
  finish(isWhole = true): void {
    this.#document.finish(isWhole);
    this.#cursor.remove();
  }
}
