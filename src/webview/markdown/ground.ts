import type { MakeCodeBlock } from './code-block.ts';
import { CodeOnPage } from './code-on-page.ts';
import { endOfGroup, type Grouping, groupingOf, partsBehind } from './grouping.ts';
import {
  finishGroup,
  firstGroup,
  groupBehind,
  makeGroup,
  removeBehind,
  removeFrom,
} from './groups.ts';
import {
  attributeNames,
  type CodeView,
  type ElementView,
  type GrowingElement,
  type View,
} from './views.ts';

/**
 * An element whose children grow at its end. Those before `#finished` are never touched again;
 * those after it are made to fit what shall be shown, and keep their nodes where they can.
 */
export class Ground implements GrowingElement {
  readonly #createCodeBlock: MakeCodeBlock;
  #grouping: Grouping | null;
  readonly element: HTMLElement;
  /** Its last finished child; in a group, where it has groups. */
  #finished: Node | null = null;
  #finishedCount = 0;

  constructor(
    element: HTMLElement,
    createCodeBlock: MakeCodeBlock,
    grouping = groupingOf(element.localName),
  ) {
    this.element = element;
    this.#grouping = grouping;
    this.#createCodeBlock = createCodeBlock;
  }

  get finished(): Node | null {
    return this.#finished;
  }

  /** Its children as far as they aren't finished. */
  show(views: readonly View[]): void {
    const grouping = this.#grouping;
    if (grouping === null) {
      this.#showIn(this.element, this.#finished, views);
      return;
    }
    /** How many in groups are finished. */
    const begun = this.#finishedCount - grouping.direct;
    const direct = Math.max(0, -begun);
    let group: HTMLElement | null = null;
    let next = direct;
    if (direct > 0 || this.#finishedCount === 0) {
      const first = this.#firstGroup(grouping);
      this.#showIn(this.element, this.#finished, views.slice(0, direct), first);
    } else if (begun > 0) {
      group = this.#finished?.parentElement ?? null;
      next = endOfGroup(begun, grouping) - begun;
      if (group !== null && next > 0) this.#showIn(group, this.#finished, views.slice(0, next));
    }
    while (next < views.length) {
      group = this.#groupBehind(group, grouping);
      const before = Math.max(0, begun) + next - direct;
      const end = next + endOfGroup(before + 1, grouping) - before;
      this.#showIn(group, null, views.slice(next, end));
      next = end;
    }
    if (group === null) removeFrom(this.#firstGroup(grouping));
    else removeBehind(group, this.element);
  }

  /** These views, the first of those shown, stay as they are for good. */
  finish(views: readonly View[]): void {
    for (const { node } of views) {
      if (node === null) continue;
      this.#finished = node;
      this.#finishedCount++;
      if (this.#grouping === null) continue;
      const count = this.#finishedCount - this.#grouping.direct;
      if (count > 0 && endOfGroup(count, this.#grouping) === count) finishGroup(node.parentElement);
    }
  }

  /** It is a very long paragraph: what comes behind so many more children is in groups. */
  groupParts(more: number): void {
    if (this.element.localName === 'p') this.#grouping = partsBehind(this.#finishedCount + more);
  }

  get finishedCount(): number {
    return this.#finishedCount;
  }

  /** Those behind this one, the last of so many, are open again. */
  reopen(node: Node | null, count: number): void {
    this.#finished = node;
    this.#finishedCount = count;
    node?.parentElement?.classList.remove('whole');
  }

  /** Its last finished child is another now: the nodes of a paragraph were wrapped or replaced. */
  moveFinished(node: Node | null): void {
    this.#finished = node;
  }

  /** @param until what stays behind them */
  #showIn(
    parent: HTMLElement,
    after: Node | null,
    views: readonly View[],
    until: ChildNode | null = null,
  ): void {
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
    removeFrom(at, until);
  }

  /** The group behind this one, or the first; a new one where there is none. */
  #groupBehind(last: HTMLElement | null, grouping: Grouping): HTMLElement {
    const next = last === null ? this.#firstGroup(grouping) : groupBehind(last, this.element);
    return next instanceof HTMLElement ? next : makeGroup(this.element, last, grouping);
  }

  #firstGroup(grouping: Grouping): ChildNode | null {
    return firstGroup(this.element, this.#finished, grouping);
  }

  #showElement(parent: HTMLElement, at: ChildNode | null, view: ElementView): HTMLElement {
    const { reconciler, tag, children } = view;
    if (reconciler !== null) {
      // What stood before it is gone, or was never meant to stay.
      while (at !== null && at !== reconciler.element) {
        const next: ChildNode | null = at.nextSibling;
        at.remove();
        at = next;
      }
      reconciler.show(children);
      return reconciler.element;
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
    new Ground(made, this.#createCodeBlock).show(children);
    if (kept === null) parent.insertBefore(made, at);
    return made;
  }

  #showCode(parent: HTMLElement, at: ChildNode | null, view: CodeView): HTMLElement {
    const code = at instanceof HTMLElement ? CodeOnPage.of(at) : undefined;
    if (code?.grow(view) === true) return code.element;
    const made = new CodeOnPage(this.#createCodeBlock, view);
    parent.insertBefore(made.element, at);
    return made.element;
  }
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
