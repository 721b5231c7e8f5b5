import { createPlainCodeBlock } from '../code/plain-code-block.ts';
import { DomReconciler } from './dom-reconciler.ts';
import type { OpenContainer, OpenLeaf, OpenList } from './open-blocks.ts';

const inlineTags = new Set(['A', 'BR', 'CODE', 'EM', 'S', 'SPAN', 'STRONG']);

/**
 * Paragraphs of a tight list stand in its items themselves, those of a loose one in elements of
 * their own. A list turns loose by a blank line, perhaps after many items: they are changed then,
 * once.
 */
export function updateTightness(
  list: OpenList,
  isTight: boolean,
  item: OpenContainer | undefined,
  leaf: OpenLeaf | null,
): void {
  if (list.isRenderedLoose === !isTight) return;
  list.isRenderedLoose = !isTight;
  const reconciler = item?.kind === 'item' ? item.reconciler : null;
  const { lastCommitted: finished = null } = reconciler ?? {};
  const selected = saveSelection();
  // Its element goes, and its children stay.
  const inside = finished?.nodeName === 'P' && isTight ? finished.lastChild : finished;
  for (const child of list.reconciler.element.querySelectorAll(':scope > li, :scope > div > li')) {
    if (isTight) unwrapParagraphs(child);
    else wrapInParagraphs(child);
  }
  if (reconciler !== null) moveLastCommitted(reconciler, inside, leaf, isTight);
  selected();
}

/** The item's reconciler ends at the same place, in or around the paragraph that was (un)wrapped. */
function moveLastCommitted(
  item: DomReconciler,
  finished: Node | null,
  leaf: OpenLeaf | null,
  isTight: boolean,
): void {
  const text = leaf?.kind === 'paragraph' ? leaf.text : null;
  if (isTight) {
    const last =
      text !== null && text.reconciler !== item ? text.reconciler.lastCommitted : finished;
    if (text !== null) text.reconciler = item;
    item.setLastCommitted(last);
    return;
  }
  const paragraph = finished?.parentElement ?? null;
  if (paragraph === null || paragraph === item.element) return;
  if (text !== null && text.reconciler === item) {
    text.reconciler = new DomReconciler(paragraph, createPlainCodeBlock);
    text.reconciler.setLastCommitted(finished);
    item.setLastCommitted(paragraph.previousSibling);
  } else item.setLastCommitted(paragraph);
}

function wrapInParagraphs(item: Element): void {
  let paragraph: HTMLElement | null = null;
  for (const node of [...item.childNodes]) {
    if (!(node instanceof Text) && !inlineTags.has(node.nodeName)) paragraph = null;
    else {
      if (paragraph === null) {
        paragraph = document.createElement('p');
        node.before(paragraph);
      }
      paragraph.append(node);
    }
  }
}

function unwrapParagraphs(item: Element): void {
  for (const child of [...item.children]) {
    if (child.localName !== 'p') continue;
    for (const parts of child.querySelectorAll('.bundle')) parts.replaceWith(...parts.childNodes);
    child.replaceWith(...child.childNodes);
  }
}

/** Nodes that move lose a selection in them: what is returned selects the same again. */
function saveSelection(): () => void {
  const now = getSelection();
  if (now === null) return () => {};
  const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = now;
  if (isCollapsed || anchorNode === null || focusNode === null) return () => {};
  return () => now.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
}
