/**
 * Children in groups: layout skips a whole group that is out of sight, and costs the same however
 * many there are.
 */
export interface Grouping {
  readonly tag: string;
  readonly className: string;
  /** How many children a group has. */
  readonly size: number;
  /** How many one has behind the first few; as many, where this isn't given. */
  readonly laterSize?: number;
  /** How many children stand in front of the groups, in the element itself. */
  readonly ungroupedCount: number;
  /** Whether groups beyond the first few stand in bundles: layout then passes by a whole bundle. */
  readonly isBundled: boolean;
  /** Called for each new group but the first, when it is in its element. */
  readonly onGroupCreated: (element: HTMLElement, group: HTMLElement) => void;
}

/** How many groups there are in a bundle, and in front of the first. */
const groupsPerBundle = 12;

/** How many groups there are before they are larger. */
const smallGroupCount = 4;

/**
 * Behind how many children in groups that group ends which one of them is in.
 * @param count which one it is, counted from 1
 */
export function getGroupEnd(
  count: number,
  { size, laterSize: sizeLater = size }: Grouping,
): number {
  const small = smallGroupCount * size;
  if (count <= small) return Math.ceil(count / size) * size;
  return small + Math.ceil((count - small) / sizeLater) * sizeLater;
}

/** Blocks, as in the document itself. */
export const sectionGrouping: Grouping = {
  tag: 'section',
  className: '',
  size: 12,
  ungroupedCount: 0,
  isBundled: true,
  onGroupCreated: () => {},
};

/** A list's items: a list of usual length has no groups. */
const itemGrouping: Grouping = {
  tag: 'div',
  className: '',
  size: 32,
  laterSize: 96,
  ungroupedCount: 32,
  isBundled: false,
  onGroupCreated: prepareItems,
};

/**
 * A table's rows, behind its head. They can't be in bundles: in a very long one, groups are larger.
 */
const rowGrouping: Grouping = {
  tag: 'tbody',
  className: '',
  size: 32,
  laterSize: 128,
  ungroupedCount: 1,
  isBundled: false,
  onGroupCreated: prepareRows,
};

/** The parts of a very long paragraph, behind its beginning. */
export function createPartGrouping(direct: number): Grouping {
  return {
    tag: 'span',
    className: 'part bundle',
    size: 16,
    ungroupedCount: direct,
    isBundled: false,
    onGroupCreated: () => {},
  };
}

export function getGrouping(tag: string): Grouping | null {
  switch (tag) {
    case 'blockquote':
      return sectionGrouping;
    case 'ul':
    case 'ol':
      return itemGrouping;
    case 'table':
      return rowGrouping;
    default:
      return null;
  }
}

/** A list's items must be its children, or say what they are. */
function prepareItems(list: HTMLElement, group: HTMLElement): void {
  group.setAttribute('role', 'none');
  if (list.hasAttribute('role')) return;
  list.setAttribute('role', 'list');
  for (const item of list.children) {
    if (item.localName === 'li') item.setAttribute('role', 'listitem');
  }
}

/**
 * A long table's rows are laid out one by one, in columns as wide as its first rows made them: a
 * table proper looks at every row for each of them.
 */
function prepareRows(table: HTMLElement, group: HTMLElement): void {
  if (group.previousElementSibling?.localName !== 'tbody' || table.classList.contains('long'))
    return;
  if (table.isConnected) fixColumns(table);
  // Rows that come with their table have no width before all of it is in the page.
  else queueMicrotask(() => fixColumns(table));
}

function fixColumns(table: HTMLElement): void {
  if (!table.isConnected || table.classList.contains('long')) return;
  const heads = [...table.querySelectorAll('th')];
  const measure = (): number[] => heads.map(({ offsetWidth }) => offsetWidth);
  const widths = measure();
  // As narrow as its words allow.
  table.style.width = '0';
  const minWidths = measure();
  table.style.width = '';
  table.style.setProperty(
    '--columns',
    widths.map((width, at) => `minmax(${minWidths[at] ?? 0}px, ${width || 1}fr)`).join(' '),
  );
  table.style.setProperty('--min-width', `${sum(minWidths)}px`);
  if (sum(widths) > 0) table.style.setProperty('--width', `${sum(widths)}px`);
  table.classList.add('long');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The first group behind the children that stand in the element itself. */
export function findFirstGroup(
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
export function findNextGroup(group: HTMLElement, element: HTMLElement): ChildNode | null {
  const around = group.parentElement;
  const next = group.nextSibling ?? (around === element ? null : (around?.nextSibling ?? null));
  return next instanceof HTMLElement && next.className === 'bundle' ? next.firstChild : next;
}

/** A new group behind the last one, in its bundle or in a new one. */
export function createGroup(
  element: HTMLElement,
  last: HTMLElement | null,
  { tag, className, isBundled, onGroupCreated: prepare }: Grouping,
): HTMLElement {
  let around = last?.parentElement ?? element;
  if (isBundled && around.childElementCount >= groupsPerBundle) {
    around = document.createElement('div');
    around.className = 'bundle';
    element.append(around);
  }
  const group = document.createElement(tag);
  if (className !== '') group.className = className;
  around.append(group);
  prepare(element, group);
  return group;
}

/** All that the group will ever have is in it; so it may be with its bundle. */
export function completeGroup(group: HTMLElement | null): void {
  group?.classList.add('whole');
  const around = group?.parentElement;
  if (around?.className !== 'bundle' || around.lastElementChild !== group) return;
  if (around.childElementCount >= groupsPerBundle) around.classList.add('whole');
}

/** Removes what is in the element behind one of its groups. */
export function removeAfterGroup(group: HTMLElement, element: HTMLElement): void {
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
