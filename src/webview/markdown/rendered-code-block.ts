import type { CodeBlock, CreateCodeBlock } from '../code/plain-code-block.ts';
import type { CodeView, View } from './views.ts';

const renderedCodeBlocks = new WeakMap<Element, RenderedCodeBlock>();

/** A code block on the page, and the text that is in it. */
export class RenderedCodeBlock {
  readonly #createCodeBlock: CreateCodeBlock;
  readonly language: string;
  #block: CodeBlock;
  /** Text that can't change any more: a view doesn't tell it again. */
  #committed = '';
  #open: string;
  #isClosed = false;

  constructor(make: CreateCodeBlock, { language, text }: CodeView) {
    this.#createCodeBlock = make;
    this.language = language;
    this.#open = text;
    this.#block = this.#build();
  }

  static find(element: Element): RenderedCodeBlock | undefined {
    return renderedCodeBlocks.get(element);
  }

  get element(): HTMLElement {
    return this.#block.element;
  }

  /** Shows more of its last line; false where it is closed. */
  append(added: string): boolean {
    if (this.#isClosed) return false;
    this.#open += added;
    this.#block.append(added);
    return true;
  }

  /** Shows what is new in a later view of it; false where that isn't the same block. */
  update({ language, text }: CodeView): boolean {
    if (language !== this.language) return false;
    if (text === this.#open) return true;
    const added = text.startsWith(this.#open) ? text.slice(this.#open.length) : null;
    this.#open = text;
    if (added !== null && !this.#isClosed) this.#block.append(added);
    else {
      // It goes on after it was closed, or it was cut in the middle of a line: build it anew.
      const { element } = this.#block;
      this.#isClosed = false;
      this.#block = this.#build();
      element.replaceWith(this.#block.element);
    }
    return true;
  }

  /** @param length how much of the open text is finished now, in UTF-16 code units */
  commit(length: number): void {
    this.#committed += this.#open.slice(0, length);
    this.#open = this.#open.slice(length);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#block.close();
  }

  /** It is finished for good, and its text is no longer needed here. */
  settle(): void {
    this.close();
    renderedCodeBlocks.delete(this.element);
    this.#committed = '';
    this.#open = '';
  }

  #build(): CodeBlock {
    const block = this.#createCodeBlock(this.language);
    const text = this.#committed + this.#open;
    if (text !== '') block.append(text);
    renderedCodeBlocks.set(block.element, this);
    return block;
  }
}

/** No more text comes for the code blocks in these views. */
export function closeCodeBlocks(views: readonly View[]): void {
  for (const view of views) {
    if (view.kind === 'element') closeCodeBlocks(view.children);
    else if (view.kind === 'code' && view.node instanceof Element)
      RenderedCodeBlock.find(view.node)?.close();
  }
}

/** The code blocks in these views are finished for good. */
export function settleCodeBlocks(views: readonly View[]): void {
  for (const view of views) {
    if (view.kind === 'element') settleCodeBlocks(view.children);
    else if (view.kind === 'code' && view.node instanceof Element)
      RenderedCodeBlock.find(view.node)?.settle();
  }
}
