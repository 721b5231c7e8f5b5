import type { DomReconciler } from './dom-reconciler.ts';
import type { OpenText } from './open-text.ts';

/** A container that may go on: the page has its element, and its finished children are dropped. */
export type OpenContainer = OpenQuote | OpenList | OpenItem;

interface OpenQuote {
  readonly kind: 'quote';
  readonly reconciler: DomReconciler;
}

export interface OpenList {
  readonly kind: 'list';
  readonly reconciler: DomReconciler;
  readonly isOrdered: boolean;
  readonly marker: string;
  /** Whether its finished lines make it loose. */
  isLoose: boolean;
  /** Whether it is loose on the page. */
  isRenderedLoose: boolean;
}

interface OpenItem {
  readonly kind: 'item';
  readonly reconciler: DomReconciler;
  /** With its number: `-`, `12.`. */
  readonly marker: string;
  /** The column where its content begins, counted from the nearest quote. */
  readonly indent: number;
  /** Whether blocks in it are finished: what follows isn't its first. */
  hasCommittedBlocks: boolean;
}

/**
 * Lines that bring the parser to where it was: every container opened again, with an empty heading
 * in it in place of what was dropped. A heading ends by itself, so that nothing can join it.
 */
export function createStandInSource(containers: readonly OpenContainer[]): string {
  let lines = '';
  let prefix = '';
  let indent = 0;
  for (const [index, container] of containers.entries()) {
    switch (container.kind) {
      case 'quote':
        lines += `${prefix}> #\n`;
        prefix += '> ';
        indent = 0;
        break;
      case 'list':
        // Its open item writes the line, where there is one.
        if (containers[index + 1] === undefined) {
          lines += `${prefix}${container.isOrdered ? '1' : ''}${container.marker} #\n`;
        }
        break;
      case 'item': {
        const { marker } = container;
        const width = container.indent - indent;
        const behind = Math.min(4, width - marker.length);
        lines += `${prefix}${' '.repeat(width - marker.length - behind)}${marker}`;
        lines += `${' '.repeat(behind)}#\n`;
        prefix += ' '.repeat(width);
        indent = container.indent;
        break;
      }
    }
  }
  return lines;
}

/** What a line in these containers begins with. */
export function getLinePrefix(containers: readonly OpenContainer[]): string {
  let prefix = '';
  let indent = 0;
  for (const container of containers) {
    if (container.kind === 'quote') {
      prefix += '> ';
      indent = 0;
    } else if (container.kind === 'item') {
      prefix += ' '.repeat(container.indent - indent);
      indent = container.indent;
    }
  }
  return prefix;
}

/** A block that grows and whose finished part is dropped: `head` stands in for that part. */
export type OpenLeaf = OpenParagraph | OpenCode | OpenTable;

interface OpenCode {
  readonly kind: 'fence' | 'indented';
  /** The line that opens it. */
  readonly head: string;
}

interface OpenTable {
  readonly kind: 'table';
  /** Its first two lines. */
  readonly head: string;
  readonly reconciler: DomReconciler;
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
