import { createButton } from '../elements.ts';

/** What is selected, where all of it is one reply's text; null where nothing is. */
function getReplySelection(): Selection | null {
  const selection = document.getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const text = findReplyTextElement(range.startContainer);
  if (text === null) return null;
  return text.contains(range.endContainer) || endsJustAfter(text, range) ? selection : null;
}

/** The words that are selected within one reply's text; empty where there are none. */
export function getSelectedReplyText(): string {
  return getReplySelection()?.toString() ?? '';
}

function findReplyTextElement(node: Node): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest('[data-reply-text]') ?? null;
}

/**
 * Three clicks select a paragraph to the very beginning of what follows: that isn't a word more.
 */
function endsJustAfter(text: Element, { endContainer, endOffset }: Range): boolean {
  if (endOffset !== 0) return false;
  const beyond = document.createRange();
  beyond.setStartAfter(text);
  beyond.setEnd(endContainer, endOffset);
  return beyond.toString().trim() === '';
}

/** Between the button and the words, in CSS pixels. */
const gapPx = 6;

/**
 * A button beside the words that are selected in a reply, which asks about them. It floats: the
 * text stays where it is. It comes once the pointer has let go; the Tab key reaches it behind the
 * replies.
 */
export class AskAboutSelectionButton {
  readonly element: HTMLButtonElement;
  /** Whether a selection is just being drawn: a button under the pointer would be in its way. */
  #isSelecting = false;
  #frame: number | undefined;

  constructor(label: string, ask: (words: string) => void) {
    this.element = createButton('ask-about', label, () => {
      const words = getReplySelection()?.toString() ?? '';
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
      this.#isSelecting = target !== this.element;
      this.#schedulePlacement();
    });
    for (const end of ['pointerup', 'pointercancel', 'dragend']) {
      document.addEventListener(end, () => {
        this.#isSelecting = false;
        this.#schedulePlacement();
      });
    }
    document.addEventListener('selectionchange', () => this.#schedulePlacement());
    document.addEventListener('scroll', () => this.#schedulePlacement(), {
      passive: true,
      capture: true,
    });
    window.addEventListener('resize', () => this.#schedulePlacement());
  }

  /** The page has changed: the words may stand elsewhere. */
  reposition(): void {
    if (!this.element.hidden) this.#schedulePlacement();
  }

  #schedulePlacement(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#updatePlacement();
    });
  }

  #updatePlacement(): void {
    const selection = this.#isSelecting ? null : getReplySelection();
    const end = selection === null ? undefined : getSelectionEndRect(selection);
    this.element.hidden = end === undefined;
    if (end === undefined) return;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const right = document.documentElement.clientWidth - width - gapPx;
    const { style } = this.element;
    style.left = `${Math.max(gapPx, Math.min(end.right, right))}px`;
    // Above the words where there is no room below them.
    const below = end.bottom + gapPx;
    const foot = window.innerHeight - this.#composerHeight() - height;
    style.top = `${below <= foot ? below : end.top - gapPx - height}px`;
  }

  /** Of the view's foot, in CSS pixels. */
  #composerHeight(): number {
    return document.getElementById('composer')?.offsetHeight ?? 0;
  }
}

/** Where the selected words end, where that is in view; found without looking at all of them. */
function getSelectionEndRect(selection: Selection): DOMRect | undefined {
  const { startContainer, endContainer, endOffset } = selection.getRangeAt(0);
  const end = document.createRange();
  if (endContainer instanceof Text && endOffset > 0) end.setStart(endContainer, endOffset);
  else {
    // Between two elements, or at the beginning of what isn't selected any more: the words before
    // it.
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    words.currentNode = endContainer.childNodes[endOffset] ?? getLastDescendant(endContainer);
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

function getLastDescendant(node: Node): Node {
  let last = node;
  while (last.lastChild !== null) last = last.lastChild;
  return last;
}

function isBlank({ nodeValue }: Node): boolean {
  return nodeValue === null || nodeValue.trim() === '';
}
