import type { CreateCodeBlock } from '../code/plain-code-block.ts';
import {
  completeGroup,
  createGroup,
  createPartGrouping,
  findFirstGroup,
  findNextGroup,
  type Grouping,
  getGroupEnd,
  getGrouping,
  removeAfterGroup,
  removeFrom,
} from './child-groups.ts';
import { RenderedCodeBlock } from './rendered-code-block.ts';
import {
  allowedAttributes,
  type CodeView,
  type ElementView,
  type GrowingElement,
  type View,
} from './views.ts';

/**
 * An element whose children grow at its end. Those before `#finished` are never touched again;
 * those after it are made to fit what shall be shown, and keep their nodes where they can.
 */
export class DomReconciler implements GrowingElement {
  readonly #createCodeBlock: CreateCodeBlock;
  #grouping: Grouping | null;
  readonly element: HTMLElement;
  /** Its last finished child; in a group, where it has groups. */
  #lastCommitted: Node | null = null;
  #committedCount = 0;

  constructor(
    element: HTMLElement,
    createCodeBlock: CreateCodeBlock,
    grouping = getGrouping(element.localName),
  ) {
    this.element = element;
    this.#grouping = grouping;
    this.#createCodeBlock = createCodeBlock;
  }

  get lastCommitted(): Node | null {
    return this.#lastCommitted;
  }

  /** Its children as far as they aren't finished. */
  reconcile(views: readonly View[]): void {
    const grouping = this.#grouping;
    if (grouping === null) {
      this.#reconcileIn(this.element, this.#lastCommitted, views);
      return;
    }
    /** How many in groups are finished. */
    const begun = this.#committedCount - grouping.ungroupedCount;
    const direct = Math.max(0, -begun);
    let group: HTMLElement | null = null;
    let next = direct;
    if (direct > 0 || this.#committedCount === 0) {
      const first = this.#firstGroup(grouping);
      this.#reconcileIn(this.element, this.#lastCommitted, views.slice(0, direct), first);
    } else if (begun > 0) {
      group = this.#lastCommitted?.parentElement ?? null;
      next = getGroupEnd(begun, grouping) - begun;
      if (group !== null && next > 0)
        this.#reconcileIn(group, this.#lastCommitted, views.slice(0, next));
    }
    while (next < views.length) {
      group = this.#nextGroup(group, grouping);
      const before = Math.max(0, begun) + next - direct;
      const end = next + getGroupEnd(before + 1, grouping) - before;
      this.#reconcileIn(group, null, views.slice(next, end));
      next = end;
    }
    if (group === null) removeFrom(this.#firstGroup(grouping));
    else removeAfterGroup(group, this.element);
  }

  /** These views, the first of those shown, stay as they are for good. */
  commit(views: readonly View[]): void {
    for (const { node } of views) {
      if (node === null) continue;
      this.#lastCommitted = node;
      this.#committedCount++;
      if (this.#grouping === null) continue;
      const count = this.#committedCount - this.#grouping.ungroupedCount;
      if (count > 0 && getGroupEnd(count, this.#grouping) === count)
        completeGroup(node.parentElement);
    }
  }

  /** It is a very long paragraph: what comes behind so many more children is in groups. */
  groupParts(more: number): void {
    if (this.element.localName === 'p')
      this.#grouping = createPartGrouping(this.#committedCount + more);
  }

  get committedCount(): number {
    return this.#committedCount;
  }

  /** Those behind this one, the last of so many, are open again. */
  reopen(node: Node | null, count: number): void {
    this.#lastCommitted = node;
    this.#committedCount = count;
    node?.parentElement?.classList.remove('whole');
  }

  /** Its last finished child is another now: the nodes of a paragraph were wrapped or replaced. */
  setLastCommitted(node: Node | null): void {
    this.#lastCommitted = node;
  }

  /** @param until what stays behind them */
  #reconcileIn(
    parent: HTMLElement,
    after: Node | null,
    views: readonly View[],
    until: ChildNode | null = null,
  ): void {
    let at = after === null ? parent.firstChild : after.nextSibling;
    for (const [index, view] of views.entries()) {
      switch (view.kind) {
        case 'text':
          view.node = reconcileText(parent, at, view.text, index < views.length - 1);
          break;
        case 'code':
          view.node = this.#reconcileCode(parent, at, view);
          break;
        case 'element':
          view.node = this.#reconcileElement(parent, at, view);
          break;
      }
      at = view.node.nextSibling;
    }
    removeFrom(at, until);
  }

  /** The group behind this one, or the first; a new one where there is none. */
  #nextGroup(last: HTMLElement | null, grouping: Grouping): HTMLElement {
    const next = last === null ? this.#firstGroup(grouping) : findNextGroup(last, this.element);
    return next instanceof HTMLElement ? next : createGroup(this.element, last, grouping);
  }

  #firstGroup(grouping: Grouping): ChildNode | null {
    return findFirstGroup(this.element, this.#lastCommitted, grouping);
  }

  #reconcileElement(parent: HTMLElement, at: ChildNode | null, view: ElementView): HTMLElement {
    const { reconciler, tag, children } = view;
    if (reconciler !== null) {
      // What stood before it is gone, or was never meant to stay.
      while (at !== null && at !== reconciler.element) {
        const next: ChildNode | null = at.nextSibling;
        at.remove();
        at = next;
      }
      reconciler.reconcile(children);
      return reconciler.element;
    }
    const kept =
      at instanceof HTMLElement && at.localName === tag && RenderedCodeBlock.find(at) === undefined
        ? at
        : null;
    const made = kept ?? document.createElement(tag);
    for (const name of allowedAttributes) {
      const value = view.attributes[name] ?? null;
      if (made.getAttribute(name) === value) continue;
      if (value === null) made.removeAttribute(name);
      else made.setAttribute(name, value);
    }
    new DomReconciler(made, this.#createCodeBlock).reconcile(children);
    if (kept === null) parent.insertBefore(made, at);
    return made;
  }

  #reconcileCode(parent: HTMLElement, at: ChildNode | null, view: CodeView): HTMLElement {
    const code = at instanceof HTMLElement ? RenderedCodeBlock.find(at) : undefined;
    if (code?.update(view) === true) return code.element;
    const made = new RenderedCodeBlock(this.#createCodeBlock, view);
    parent.insertBefore(made.element, at);
    return made.element;
  }
}

function reconcileText(
  parent: HTMLElement,
  at: ChildNode | null,
  text: string,
  isFollowed: boolean,
): ChildNode {
  if (!(at instanceof Text)) {
    const node = document.createTextNode(text);
    parent.insertBefore(node, at);
    return node;
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
