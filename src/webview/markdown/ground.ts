import type { MakeCodeBlock } from './code-block.ts';
import { CodeOnPage } from './code-on-page.ts';
import { attributeNames, type CodeView, type ElementView, type View } from './views.ts';

/** Blocks in a section: layout skips a whole section that is out of sight. */
const blocksInSection = 8;

/**
 * An element whose children grow at its end. Those before `#finished` are never touched again;
 * those after it are made to fit what shall be shown, and keep their nodes where they can.
 */
export class Ground {
  readonly #makeCodeBlock: MakeCodeBlock;
  /** Whether its children are blocks that stand in sections. */
  readonly #hasSections: boolean;
  readonly element: HTMLElement;
  /** Its last finished child; in a section, where it has sections. */
  #finished: Node | null = null;
  #finishedCount = 0;

  constructor(element: HTMLElement, hasSections: boolean, makeCodeBlock: MakeCodeBlock) {
    this.element = element;
    this.#hasSections = hasSections;
    this.#makeCodeBlock = makeCodeBlock;
  }

  get finished(): Node | null {
    return this.#finished;
  }

  /** Its children as far as they aren't finished. */
  show(views: readonly View[]): void {
    if (!this.#hasSections) {
      this.#showIn(this.element, this.#finished, views);
      return;
    }
    let section = this.#finished?.parentElement ?? null;
    const room = (blocksInSection - (this.#finishedCount % blocksInSection)) % blocksInSection;
    if (section !== null && room > 0) this.#showIn(section, this.#finished, views.slice(0, room));
    for (let next = room; next < views.length; next += blocksInSection) {
      section = sectionAfter(this.element, section);
      this.#showIn(section, null, views.slice(next, next + blocksInSection));
    }
    removeFrom(section === null ? this.element.firstChild : section.nextSibling);
  }

  /** These views, the first of those shown, stay as they are for good. */
  finish(views: readonly View[]): void {
    for (const { node } of views) {
      if (node === null) continue;
      this.#finished = node;
      this.#finishedCount++;
      if (this.#hasSections && this.#finishedCount % blocksInSection === 0) {
        node.parentElement?.classList.add('whole');
      }
    }
  }

  /** Its last finished child is another now: the nodes of a paragraph were wrapped or replaced. */
  moveFinished(node: Node | null): void {
    this.#finished = node;
  }

  #showIn(parent: HTMLElement, after: Node | null, views: readonly View[]): void {
    let at = after === null ? parent.firstChild : after.nextSibling;
    for (const [index, view] of views.entries()) {
      switch (view.kind) {
        case 'text':
          view.node = showText(parent, at, view.text, index < views.length - 1);
          break;
        case 'code':
          view.node = this.#showCode(parent, at, view);
          break;
        case 'element':
          view.node = this.#showElement(parent, at, view);
          break;
      }
      at = view.node.nextSibling;
    }
    removeFrom(at);
  }

  #showElement(parent: HTMLElement, at: ChildNode | null, view: ElementView): HTMLElement {
    const { ground, tag, children } = view;
    if (ground !== null) {
      // What stood before it is gone, or was never meant to stay.
      while (at !== null && at !== ground.element) {
        const next: ChildNode | null = at.nextSibling;
        at.remove();
        at = next;
      }
      ground.show(children);
      return ground.element;
    }
    const kept =
      at instanceof HTMLElement && at.localName === tag && CodeOnPage.of(at) === undefined
        ? at
        : null;
    const made = kept ?? document.createElement(tag);
    for (const name of attributeNames) {
      const value = view.attributes[name] ?? null;
      if (made.getAttribute(name) === value) continue;
      if (value === null) made.removeAttribute(name);
      else made.setAttribute(name, value);
    }
    new Ground(made, tag === 'blockquote', this.#makeCodeBlock).show(children);
    if (kept === null) parent.insertBefore(made, at);
    return made;
  }

  #showCode(parent: HTMLElement, at: ChildNode | null, view: CodeView): HTMLElement {
    const code = at instanceof HTMLElement ? CodeOnPage.of(at) : undefined;
    if (code?.grow(view) === true) return code.element;
    const made = new CodeOnPage(this.#makeCodeBlock, view);
    parent.insertBefore(made.element, at);
    return made.element;
  }
}

/** The section behind this one; a new one where there is none. */
function sectionAfter(element: HTMLElement, last: HTMLElement | null): HTMLElement {
  const next = last === null ? element.firstChild : last.nextSibling;
  if (next instanceof HTMLElement && next.localName === 'section') return next;
  const made = document.createElement('section');
  element.insertBefore(made, next);
  return made;
}

function showText(
  parent: HTMLElement,
  at: ChildNode | null,
  text: string,
  isFollowed: boolean,
): ChildNode {
  if (!(at instanceof Text)) {
    const made = document.createTextNode(text);
    parent.insertBefore(made, at);
    return made;
  }
  const shown = at.data;
  if (shown === text) return at;
  if (text.startsWith(shown)) at.appendData(text.slice(shown.length));
  // What follows goes on in a node of its own, and a selection in it goes along.
  else if (isFollowed && shown.startsWith(text)) at.splitText(text.length);
  else {
    let same = 0;
    while (same < text.length && text[same] === shown[same]) same++;
    at.replaceData(same, shown.length - same, text.slice(same));
  }
  return at;
}

function removeFrom(node: ChildNode | null): void {
  for (let at = node; at !== null; ) {
    const next: ChildNode | null = at.nextSibling;
    at.remove();
    at = next;
  }
}
