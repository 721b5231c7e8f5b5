import type { MarkdownIt } from 'markdown-it';
import { make } from './elements.ts';
import type { MakeCodeBlock } from './markdown/code-block.ts';
import { MarkdownView } from './markdown/markdown-view.ts';

/**
 * A reply's text on the page: as Markdown or, should our renderer fail on it, as it was written. A
 * fault of ours costs the looks of a reply and never a character of it.
 */
export class ReplyText {
  readonly #root: HTMLElement;
  readonly #markdown: MarkdownView;
  #text = '';
  /** Null unless the renderer failed. */
  #plain: Text | null = null;

  constructor(root: HTMLElement, parser: MarkdownIt, createCodeBlock: MakeCodeBlock) {
    this.#root = root;
    this.#markdown = new MarkdownView(root, parser, createCodeBlock);
  }

  /** Call it once a frame. */
  append(text: string): void {
    this.#text += text;
    if (this.#plain === null) this.#try(() => this.#markdown.append(text));
    else this.#plain.appendData(text);
  }

  /** The text is whole. It may go on after all. */
  finish(): void {
    if (this.#plain === null) this.#try(() => this.#markdown.finish());
  }

  #try(render: () => void): void {
    try {
      render();
    } catch (error) {
      const element = make('div', 'as-written');
      this.#plain = document.createTextNode(this.#text);
      element.append(this.#plain);
      this.#root.replaceChildren(element);
      // Told as what nobody caught: the developer tools show it with its stack.
      reportError(error);
    }
  }
}
