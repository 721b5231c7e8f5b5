import type { CodeBlock } from './code-block.ts';

const linesInGroup = 48;

/** A code block that grows in groups of lines: the page lays out those alone that are in sight. */
export class PlainCodeBlock implements CodeBlock {
  readonly element: HTMLElement;
  readonly #code: HTMLElement;
  #group: Text | null = null;
  #lines = 0;

  constructor(language: string) {
    this.element = document.createElement('pre');
    this.element.tabIndex = 0;
    if (language !== '') this.element.dataset['language'] = language;
    this.#code = document.createElement('code');
    this.element.append(this.#code);
  }

  append(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
      if (++this.#lines < linesInGroup) continue;
      this.#grow(text.slice(from, end + 1));
      from = end + 1;
      this.#lines = 0;
      this.#group?.parentElement?.classList.add('whole');
      this.#group = null;
    }
    if (from < text.length) this.#grow(text.slice(from));
  }

  close(): void {}

  #grow(text: string): void {
    if (this.#group !== null) {
      this.#group.appendData(text);
      return;
    }
    const group = document.createElement('span');
    group.className = 'lines';
    this.#group = document.createTextNode(text);
    group.append(this.#group);
    this.#code.append(group);
  }
}

export function makePlainCodeBlock(language: string): CodeBlock {
  return new PlainCodeBlock(language);
}
