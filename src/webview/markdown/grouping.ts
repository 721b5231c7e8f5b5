/**
 * Children in groups: layout skips a whole group that is out of sight, and costs the same however
 * many there are.
 */
export interface Grouping {
  readonly tag: string;
  /** How many children a group has. */
  readonly size: number;
  /** How many children stand in front of the groups, in the element itself. */
  readonly direct: number;
  /** Called for each new group but the first, when it is in its element. */
  readonly prepare: (element: HTMLElement, group: HTMLElement) => void;
}

/** Blocks, as in the document itself. */
export const sections: Grouping = { tag: 'section', size: 24, direct: 0, prepare: () => {} };

/** A list's items: a list of usual length has no groups. */
const items: Grouping = { tag: 'div', size: 32, direct: 32, prepare: prepareItems };

/** A table's rows, behind its head. */
const rows: Grouping = { tag: 'tbody', size: 32, direct: 1, prepare: prepareRows };

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
  const widths = [...table.querySelectorAll('th')].map((cell) => cell.offsetWidth);
  const whole = widths.reduce((sum, width) => sum + width, 0);
  table.style.setProperty(
    '--columns',
    widths.map((width) => `minmax(0, ${width || 1}fr)`).join(' '),
  );
  if (whole > 0) table.style.setProperty('--width', `${whole}px`);
  table.classList.add('long');
}
