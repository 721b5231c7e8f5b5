/** Where a block begins in the source that was parsed. */
export interface Start {
  /** Offset of its first character that isn't white space or a container's marker. */
  readonly offset: number;
  /** Columns between where its container's content begins and that character. */
  readonly column: number;
  /** The column where its container's content begins, counted from the nearest quote. */
  readonly indent: number;
}

interface Place {
  /** Its first line, and the line after its last. */
  readonly lines: readonly [number, number];
  /** Null for a list's items but the first: they begin with their line. */
  readonly start: Start | null;
}

export interface Quote extends Place {
  readonly kind: 'quote';
  readonly children: Block[];
}

export interface List extends Place {
  readonly kind: 'list';
  /** The number that an ordered list begins with; null for bullets. */
  readonly first: number | null;
  /** `-`, `+`, `*`, `.` or `)`. */
  readonly marker: string;
  /** Whether its paragraphs stand without space between them. */
  readonly tight: boolean;
  readonly children: Item[];
}

export interface Item extends Place {
  readonly kind: 'item';
  /** With its number: `-`, `12.`. */
  readonly marker: string;
  readonly children: Block[];
}

export interface Paragraph extends Place {
  readonly kind: 'paragraph';
  readonly content: string;
}

export interface Heading extends Place {
  readonly kind: 'heading';
  readonly tag: string;
  readonly content: string;
}

export interface Code extends Place {
  readonly kind: 'fence' | 'indented';
  /** The first word behind the fence. */
  readonly language: string;
  readonly content: string;
}

export interface Rule extends Place {
  readonly kind: 'rule';
}

export interface Cell {
  readonly tag: string;
  readonly align: string;
  readonly content: string;
}

export type Row = readonly Cell[];

export interface Table extends Place {
  readonly kind: 'table';
  readonly head: Row;
  readonly rows: readonly Row[];
}

export interface Definition extends Place {
  readonly kind: 'definition';
  readonly label: string;
}

export type Block = Quote | List | Item | Paragraph | Heading | Code | Rule | Table | Definition;
