import type { CodeBlock } from '../markdown/code-block.ts';

/** How many lines stand in one element: what changes at the end doesn't touch those before. */
const groupLines = 48;

/** Code as it comes, without colours. */
export class PlainBlock implements CodeBlock {
  readonly element: HTMLElement;
  readonly #code: HTMLElement;
  #group: Text;
  #lines = 0;

  constructor(language: string) {
    this.element = document.createElement('pre');
    this.element.tabIndex = 0;
    if (language !== '') this.element.dataset['language'] = language;
    this.#code = document.createElement('code');
    this.element.append(this.#code);
    this.#group = this.#addGroup();
  }

  append(text: string): void {
    for (const line of text.split(/(?<=\n)/)) {
      if (this.#lines >= groupLines) this.#group = this.#addGroup();
      this.#group.appendData(line);
      if (line.endsWith('\n')) this.#lines++;
    }
  }

  close(): void {}

  #addGroup(): Text {
    const group = document.createElement('span');
    group.className = 'lines';
    const text = document.createTextNode('');
    group.append(text);
    this.#code.append(group);
    this.#lines = 0;
    return text;
  }
}
