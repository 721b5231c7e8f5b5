import { Ground } from './ground.ts';
import type { OpenContainer, OpenList } from './open-containers.ts';
import type { OpenLeaf } from './open-leaves.ts';
import { makePlainCodeBlock } from './plain-code-block.ts';

const inline = new Set(['A', 'BR', 'CODE', 'EM', 'S', 'SPAN', 'STRONG']);

/**
 * Paragraphs of a tight list stand in its items themselves, those of a loose one in elements of
 * their own. A list turns loose by a blank line, perhaps after many items: they are changed then,
 * once.
 */
export function showTightness(
  list: OpenList,
  isTight: boolean,
  item: OpenContainer | undefined,
  leaf: OpenLeaf | null,
): void {
  if (list.isShownLoose === !isTight) return;
  list.isShownLoose = !isTight;
  const reconciler = item?.kind === 'item' ? item.reconciler : null;
  const { finished = null } = reconciler ?? {};
  const selected = selection();
  // Its element goes, and its children stay.
  const inside = finished?.nodeName === 'P' && isTight ? finished.lastChild : finished;
  for (const child of list.reconciler.element.querySelectorAll(':scope > li, :scope > div > li')) {
    if (isTight) unwrap(child);
    else wrap(child);
  }
  if (reconciler !== null) moveFinished(reconciler, inside, leaf, isTight);
  selected();
}

/** The item's reconciler ends at the same place, in or around the paragraph that was (un)wrapped. */
function moveFinished(
  item: Ground,
  finished: Node | null,
  leaf: OpenLeaf | null,
  isTight: boolean,
): void {
  const text = leaf?.kind === 'paragraph' ? leaf.text : null;
  if (isTight) {
    const last = text !== null && text.reconciler !== item ? text.reconciler.finished : finished;
    if (text !== null) text.reconciler = item;
    item.moveFinished(last);
    return;
  }
  const paragraph = finished?.parentElement ?? null;
  if (paragraph === null || paragraph === item.element) return;
  if (text !== null && text.reconciler === item) {
    text.reconciler = new Ground(paragraph, makePlainCodeBlock);
    text.reconciler.moveFinished(finished);
    item.moveFinished(paragraph.previousSibling);
  } else item.moveFinished(paragraph);
}

function wrap(item: Element): void {
  let paragraph: HTMLElement | null = null;
  for (const node of [...item.childNodes]) {
    if (!(node instanceof Text) && !inline.has(node.nodeName)) paragraph = null;
    else {
      if (paragraph === null) {
        paragraph = document.createElement('p');
        node.before(paragraph);
      }
      paragraph.append(node);
    }
  }
}

function unwrap(item: Element): void {
  for (const child of [...item.children]) {
    if (child.localName !== 'p') continue;
    for (const parts of child.querySelectorAll('.bundle')) parts.replaceWith(...parts.childNodes);
    child.replaceWith(...child.childNodes);
  }
}

/** Nodes that move lose a selection in them: what is returned selects the same again. */
function selection(): () => void {
  const now = getSelection();
  if (now === null) return () => {};
  const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = now;
  if (isCollapsed || anchorNode === null || focusNode === null) return () => {};
  return () => now.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
}
