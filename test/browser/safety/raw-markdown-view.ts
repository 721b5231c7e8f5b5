import MarkdownIt from 'markdown-it';

/**
 * Takes the place of the panel's MarkdownView to show what the page's policy alone is worth: HTML goes
 * through as it is, and scripts run where they may.
 */
export class MarkdownView {
  readonly #root: HTMLElement;
  readonly #parser = new MarkdownIt({ html: true, linkify: true });
  #text = '';

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#parser.validateLink = () => true;
  }

  append(text: string): void {
    this.#text += text;
    // A template's content is inert. What is on the page already stays: frames are slow to make.
    const template = create('template');
    template.innerHTML = this.#parser.render(this.#text);
    for (const shown of [...this.#root.childNodes]) {
      const { firstChild } = template.content;
      if (firstChild?.isEqualNode(shown) === true) firstChild.remove();
      else removeFrom(shown);
    }
    // Unlike with innerHTML, `script` elements made so do run.
    this.#root.append(new Range().createContextualFragment(template.innerHTML));
  }

  finish(): void {}
}

/** An image named `createElement` takes the place of the document's own. */
const create = Document.prototype.createElement.bind(document);

/** Removes a node and all siblings after it. */
function removeFrom(node: ChildNode): void {
  while (node.nextSibling !== null) node.nextSibling.remove();
  node.remove();
}
