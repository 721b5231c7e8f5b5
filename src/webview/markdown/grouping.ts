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
  readonly sizeLater?: number;
  /** How many children stand in front of the groups, in the element itself. */
  readonly direct: number;
  /** Whether groups beyond the first few stand in bundles: layout then passes by a whole bundle. */
  readonly isBundled: boolean;
  /** Called for each new group but the first, when it is in its element. */
  readonly prepare: (element: HTMLElement, group: HTMLElement) => void;
}

/** How many groups there are in a bundle, and in front of the first. */
export const groupsInBundle = 12;

/** How many groups there are before they are larger. */
const smallGroups = 4;

/**
 * Behind how many children in groups that group ends which one of them is in.
 * @param count which one it is, counted from 1
 */
export function endOfGroup(count: number, { size, sizeLater = size }: Grouping): number {
  const small = smallGroups * size;
  if (count <= small) return Math.ceil(count / size) * size;
  return small + Math.ceil((count - small) / sizeLater) * sizeLater;
}

/** Blocks, as in the document itself. */
export const sections: Grouping = {
  tag: 'section',
  className: '',
  size: 12,
  direct: 0,
  isBundled: true,
  prepare: () => {},
};

/** A list's items: a list of usual length has no groups. */
const items: Grouping = {
  tag: 'div',
  className: '',
  size: 32,
  sizeLater: 96,
  direct: 32,
  isBundled: false,
  prepare: prepareItems,
};

/**
 * A table's rows, behind its head. They can't be in bundles: in a very long one, groups are larger.
 */
const rows: Grouping = {
  tag: 'tbody',
  className: '',
  size: 32,
  sizeLater: 128,
  direct: 1,
  isBundled: false,
  prepare: prepareRows,
};

/** The parts of a very long paragraph, behind its beginning. */
export function partsBehind(direct: number): Grouping {
  return {
    tag: 'span',
    className: 'part bundle',
    size: 16,
    direct,
    isBundled: false,
    prepare: () => {},
  };
}

export function groupingOf(tag: string): Grouping | null {
  switch (tag) {
    case 'blockquote':
      return sections;
    case 'ul':
    case 'ol':
      return items;
    case 'table':
      return rows;
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
