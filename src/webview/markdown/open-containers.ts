import type { Ground } from './ground.ts';

/** A container that may go on: the page has its element, and its finished children are dropped. */
export type OpenContainer = OpenQuote | OpenList | OpenItem;

export interface OpenQuote {
  readonly kind: 'quote';
  readonly reconciler: Ground;
}

export interface OpenList {
  readonly kind: 'list';
  readonly reconciler: Ground;
  readonly isOrdered: boolean;
  readonly marker: string;
  /** Whether its finished lines make it loose. */
  isLoose: boolean;
  /** Whether it is loose on the page. */
  isShownLoose: boolean;
}

export interface OpenItem {
  readonly kind: 'item';
  readonly reconciler: Ground;
  /** With its number: `-`, `12.`. */
  readonly marker: string;
  /** The column where its content begins, counted from the nearest quote. */
  readonly indent: number;
  /** Whether blocks in it are finished: what follows isn't its first. */
  isBegun: boolean;
}

/**
 * Lines that bring the parser to where it was: every container opened again, with an empty heading
 * in it in place of what was dropped. A heading ends by itself, so that nothing can join it.
 */
export function standIn(containers: readonly OpenContainer[]): string {
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
export function linePrefix(containers: readonly OpenContainer[]): string {
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
