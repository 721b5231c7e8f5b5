import type { MarkdownIt, Token } from 'markdown-it';
import { buildDom } from './build-dom.ts';
import { OpenTail } from './open-tail.ts';

/** Shows Markdown that grows at its end: finished blocks are put into the page once. */
export class MarkdownView {
  readonly #root: HTMLElement;
  readonly #parser: MarkdownIt;
  #tail: OpenTail;
  #openNodes: readonly ChildNode[] = [];
  #isMended = false;

  constructor(root: HTMLElement, parser: MarkdownIt) {
    this.#root = root;
    this.#parser = parser;
    this.#tail = new OpenTail(parser);
  }

  /** Adds text and shows it. Call it once a frame. */
  append(text: string): void {
    if (this.#isMended) {
      // The reply goes on after all: build on what was mended by beginning anew, once.
      const whole = this.#tail.whole;
      this.#isMended = false;
      this.#tail = new OpenTail(this.#parser);
      this.#root.replaceChildren();
      this.#openNodes = [];
      this.append(whole + text);
      return;
    }
    const { finished, open } = this.#tail.push(text);
    for (const node of this.#openNodes) node.remove();
    this.#show(finished);
    this.#openNodes = this.#show(open);
  }

  /** The text is whole: what a late reference definition changes is mended. */
  finish(): void {
    if (!this.#tail.hasDefinitions) return;
    const whole = buildDom(this.#parser.parse(this.#tail.whole, {}));
    const shown = document.createDocumentFragment();
    for (const child of this.#root.childNodes) shown.append(child.cloneNode(true));
    if (shown.isEqualNode(whole)) return;
    this.#root.replaceChildren(whole);
    this.#isMended = true;
  }

  #show(tokens: readonly Token[]): readonly ChildNode[] {
    const built = buildDom(tokens);
    const nodes = [...built.childNodes];
    this.#root.append(built);
    return nodes;
  }
}
