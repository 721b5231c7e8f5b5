import { button } from '../elements.ts';
import { selectionInReply } from './selected-in-reply.ts';

/** Between the button and the words, in CSS pixels. */
const gapPx = 6;

/**
 * A button beside the words that are selected in a reply, which asks about them. It floats: the
 * text stays where it is. It comes once the pointer has let go; the Tab key reaches it behind the
 * replies.
 */
export class AskAboutSelection {
  readonly element: HTMLButtonElement;
  /** Whether a selection is just being drawn: a button under the pointer would be in its way. */
  #isDrawing = false;
  #frame: number | undefined;

  constructor(label: string, ask: (words: string) => void) {
    this.element = button('ask-about', label, () => {
      const words = selectionInReply()?.toString() ?? '';
      if (words !== '') ask(words);
      document.getSelection()?.collapseToEnd();
    });
    this.element.classList.add('ask-about');
    this.element.hidden = true;
    // The press itself would take the selection away.
    this.element.addEventListener('pointerdown', (event) => event.preventDefault());
    this.element.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') document.getSelection()?.collapseToEnd();
    });
    document.addEventListener('pointerdown', ({ target }) => {
      this.#isDrawing = target !== this.element;
      this.#placeSoon();
    });
    for (const end of ['pointerup', 'pointercancel', 'dragend']) {
      document.addEventListener(end, () => {
        this.#isDrawing = false;
        this.#placeSoon();
      });
    }
    document.addEventListener('selectionchange', () => this.#placeSoon());
    document.addEventListener('scroll', () => this.#placeSoon(), { passive: true, capture: true });
    window.addEventListener('resize', () => this.#placeSoon());
  }

  /** The page has changed: the words may stand elsewhere. */
  follow(): void {
    if (!this.element.hidden) this.#placeSoon();
  }

  #placeSoon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#place();
    });
  }

  #place(): void {
    const selection = this.#isDrawing ? null : selectionInReply();
    const end = selection === null ? undefined : endOf(selection);
    this.element.hidden = end === undefined;
    if (end === undefined) return;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const right = document.documentElement.clientWidth - width - gapPx;
    const { style } = this.element;
    style.left = `${Math.max(gapPx, Math.min(end.right, right))}px`;
    // Above the words where there is no room below them.
    const below = end.bottom + gapPx;
    const foot = window.innerHeight - this.#covered() - height;
    style.top = `${below <= foot ? below : end.top - gapPx - height}px`;
  }

  /** Of the view's foot, in CSS pixels. */
  #covered(): number {
    return document.getElementById('composer')?.offsetHeight ?? 0;
  }
}

/** Where the selected words end, where that is in view; found without looking at all of them. */
function endOf(selection: Selection): DOMRect | undefined {
  const { startContainer, endContainer, endOffset } = selection.getRangeAt(0);
  const end = document.createRange();
  if (endContainer instanceof Text && endOffset > 0) end.setStart(endContainer, endOffset);
  else {
    // Between two elements, or at the beginning of what isn't selected any more: the words before
    // it.
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    words.currentNode = endContainer.childNodes[endOffset] ?? lastWithin(endContainer);
    if (!(words.currentNode instanceof Text) || endOffset === 0) words.previousNode();
    while (isBlank(words.currentNode) && words.currentNode !== startContainer) {
      if (words.previousNode() === null) break;
    }
    end.selectNodeContents(words.currentNode);
    end.collapse(false);
  }
  const rect = end.getBoundingClientRect();
  return rect.height > 0 && rect.bottom > 0 && rect.top < window.innerHeight ? rect : undefined;
}

function lastWithin(node: Node): Node {
  let last = node;
  while (last.lastChild !== null) last = last.lastChild;
  return last;
}

function isBlank({ nodeValue }: Node): boolean {
  return nodeValue === null || nodeValue.trim() === '';
}
