import type { MarkdownIt } from 'markdown-it';
import type { MakeCodeBlock } from './code-block.ts';
import { Ground } from './ground.ts';
import { sections } from './grouping.ts';
import { OpenDocument } from './open-document.ts';
import { makePlainCodeBlock } from './plain-code-block.ts';
import { WritingMark } from './writing-mark.ts';

/** Shows Markdown that grows at its end: finished blocks are put into the page once. */
export class MarkdownView {
  readonly #document: OpenDocument;
  readonly #mark: WritingMark;

  constructor(
    root: HTMLElement,
    parser: MarkdownIt,
    createCodeBlock: MakeCodeBlock = makePlainCodeBlock,
  ) {
    const reconciler = new Ground(root, createCodeBlock, sections);
    this.#document = new OpenDocument(parser, reconciler, createCodeBlock);
    this.#mark = new WritingMark(root);
  }

  /** Adds text and shows it. Call it once a frame. */
  append(text: string): void {
    if (this.#document.append(text)) this.#mark.follow();
  }

  /** The text is whole: what was held back is shown. It may go on after all. */
  finish(): void {
    this.#document.finish();
    this.#mark.remove();
  }
}
