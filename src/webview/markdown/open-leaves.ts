import type { Ground } from './ground.ts';
import type { OpenText } from './open-text.ts';

/** A block that grows and whose finished part is dropped: `head` stands in for that part. */
export type OpenLeaf = OpenParagraph | OpenCode | OpenTable;

export interface OpenCode {
  readonly kind: 'fence' | 'indented';
  /** The line that opens it. */
  readonly head: string;
}

export interface OpenTable {
  readonly kind: 'table';
  /** Its first two lines. */
  readonly head: string;
  readonly reconciler: Ground;
}

export interface OpenParagraph {
  readonly kind: 'paragraph';
  readonly head: string;
  /** How much of its content the head is, in UTF-16 code units. */
  readonly headLength: number;
  readonly text: OpenText;
  /** The lines that `head` stands for, should it turn out that they are no paragraph. */
  readonly source: string;
}
