import { type Grouping, groupsInBundle } from './grouping.ts';

/** The first group behind the children that stand in the element itself. */
export function firstGroup(
  element: HTMLElement,
  finished: Node | null,
  { tag, className }: Grouping,
): ChildNode | null {
  let at = finished?.parentNode === element ? finished.nextSibling : element.firstChild;
  for (; at !== null; at = at.nextSibling) {
    if (!(at instanceof HTMLElement) || at.localName !== tag) continue;
    if (at.className.startsWith(className)) return at;
  }
  return null;
}

/** The group behind this one, in the same bundle or the next. */
export function groupBehind(group: HTMLElement, element: HTMLElement): ChildNode | null {
  const around = group.parentElement;
  const next = group.nextSibling ?? (around === element ? null : (around?.nextSibling ?? null));
  return next instanceof HTMLElement && next.className === 'bundle' ? next.firstChild : next;
}

/** A new group behind the last one, in its bundle or in a new one. */
export function makeGroup(
  element: HTMLElement,
  last: HTMLElement | null,
  { tag, className, isBundled, prepare }: Grouping,
): HTMLElement {
  let around = last?.parentElement ?? element;
  if (isBundled && around.childElementCount >= groupsInBundle) {
    around = document.createElement('div');
    around.className = 'bundle';
    element.append(around);
  }
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  around.append(made);
  prepare(element, made);
  return made;
}

/** All that the group will ever have is in it; so it may be with its bundle. */
export function finishGroup(group: HTMLElement | null): void {
  group?.classList.add('whole');
  const around = group?.parentElement;
  if (around?.className !== 'bundle' || around.lastElementChild !== group) return;
  if (around.childElementCount >= groupsInBundle) around.classList.add('whole');
}

/** Removes what is in the element behind one of its groups. */
export function removeBehind(group: HTMLElement, element: HTMLElement): void {
  for (let at: HTMLElement | null = group; at !== null && at !== element; at = at.parentElement) {
    removeFrom(at.nextSibling);
  }
}

/** Removes this node and those behind it. */
export function removeFrom(node: ChildNode | null, until: ChildNode | null = null): void {
  for (let at = node; at !== null && at !== until; ) {
    const next: ChildNode | null = at.nextSibling;
    at.remove();
    at = next;
  }
}
