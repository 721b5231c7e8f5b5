import type { MarkdownIt } from 'markdown-it';
import type { CreateCodeBlock } from '../code/plain-code-block.ts';
import { createElement } from '../elements.ts';
import { MarkdownView } from '../markdown/markdown-view.ts';

/**
 * A reply's text on the page: as Markdown or, should our renderer fail on it, as it was written. A
 * fault of ours costs the looks of a reply and never a character of it.
 */
export class ReplyText {
  readonly #root: HTMLElement;
  readonly #markdown: MarkdownView;
  #text = '';
  /** Null unless the renderer failed. */
  #plainText: Text | null = null;

  constructor(root: HTMLElement, parser: MarkdownIt, createCodeBlock: CreateCodeBlock) {
    this.#root = root;
    this.#markdown = new MarkdownView(root, parser, createCodeBlock);
  }

  /** Call it once a frame. */
  append(text: string): void {
    this.#text += text;
    if (this.#plainText === null) this.#renderSafely(() => this.#markdown.append(text));
    else this.#plainText.appendData(text);
  }

  /** The text has ended. It may go on after all. @param isWhole false where it breaks off */
  finish(isWhole: boolean): void {
    if (this.#plainText === null) this.#renderSafely(() => this.#markdown.finish(isWhole));
  }

  #renderSafely(render: () => void): void {
    try {
      render();
    } catch (error) {
      const element = createElement('div', 'as-written');
      this.#plainText = document.createTextNode(this.#text);
      element.append(this.#plainText);
      this.#root.replaceChildren(element);
      // Told as what nobody caught: the developer tools show it with its stack.
      reportError(error);
    }
  }
}

/** How much is laid out in one step, in UTF-16 code units: some milliseconds' work. */
const stepLength = 1024;

/**
 * The text of an old reply before it is laid out as Markdown. Meanwhile it stands in the page as it
 * was written: it can be found, selected and read out like any other.
 */
export class DeferredText {
  readonly #text: string;
  readonly #append: (text: string) => void;
  /** Holds what isn't laid out yet. */
  readonly #rest = document.createElement('div');
  #at = 0;

  /**
   * @param root where the text is to be
   * @param append lays out more of it there
   */
  constructor(root: HTMLElement, text: string, append: (text: string) => void) {
    this.#text = text;
    this.#append = append;
    this.#rest.className = 'late-text';
    this.#rest.textContent = text;
    root.append(this.#rest);
  }

  get isSelected(): boolean {
    const selection = document.getSelection();
    return selection?.isCollapsed === false && selection.containsNode(this.#rest, true);
  }

  /** Lays out some of it; true when that was the last. */
  step(): boolean {
    const root = this.#rest.parentElement;
    // The text's own place is for what is laid out alone.
    if (this.#at === 0) root?.after(this.#rest);
    const text = this.#text.slice(this.#at, this.#at + stepLength);
    this.#at += text.length;
    this.#append(text);
    const isLast = this.#at === this.#text.length;
    if (isLast) this.#rest.remove();
    else this.#rest.textContent = this.#text.slice(this.#at);
    return isLast;
  }
}
