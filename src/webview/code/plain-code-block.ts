/** A code block on the page: its text grows at its end until it is closed, once. */
export interface CodeBlock {
  readonly element: HTMLElement;
  append(text: string): void;
  /** No more text comes. */
  close(): void;
}

/** @param language the first word behind the fence; empty where there is none */
export type CreateCodeBlock = (language: string) => CodeBlock;

const linesPerGroup = 16;
const groupsPerBundle = 16;

/**
 * A code block that grows in groups of lines, and those in bundles: the page lays out those alone
 * that are in sight, and for each new character the last ones.
 */
class PlainCodeBlock implements CodeBlock {
  readonly element: HTMLElement;
  readonly #code: HTMLElement;
  /** What the last group is in: the code itself, or a bundle. */
  #around: HTMLElement;
  #text: Text | null = null;
  #lines = 0;

  constructor(language: string) {
    this.element = document.createElement('pre');
    this.element.tabIndex = 0;
    if (language !== '') this.element.dataset['language'] = language;
    this.#code = document.createElement('code');
    this.#around = this.#code;
    this.element.append(this.#code);
  }

  append(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
      if (++this.#lines < linesPerGroup) continue;
      this.#grow(text.slice(from, end + 1));
      from = end + 1;
      this.#endGroup();
    }
    if (from < text.length) this.#grow(text.slice(from));
  }

  close(): void {}

  #grow(text: string): void {
    if (this.#text !== null) {
      this.#text.appendData(text);
      return;
    }
    if (this.#around.childElementCount >= groupsPerBundle) {
      this.#around = createLinesElement();
      this.#code.append(this.#around);
    }
    const group = createLinesElement();
    this.#text = document.createTextNode(text);
    group.append(this.#text);
    this.#around.append(group);
  }

  #endGroup(): void {
    this.#text?.parentElement?.classList.add('whole');
    this.#text = null;
    this.#lines = 0;
    const around = this.#around;
    if (around === this.#code || around.childElementCount < groupsPerBundle) return;
    around.classList.add('whole', 'bundle');
  }
}

function createLinesElement(): HTMLElement {
  const element = document.createElement('span');
  element.className = 'lines';
  return element;
}

export function createPlainCodeBlock(language: string): CodeBlock {
  return new PlainCodeBlock(language);
}
