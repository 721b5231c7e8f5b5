import type { TokenKind } from '../../core/theme/token-kind.ts';

/** A stretch of code in one colour; null where it is plain. */
export interface Run {
  /** UTF-16 code units. */
  readonly length: number;
  readonly kind: TokenKind | null;
}

export interface Highlighted {
  /** From the code's start to its end, without gaps. */
  readonly runs: readonly Run[];
  /**
   * Offsets of lines that begin outside every construct: what follows them can be highlighted by
   * itself. In ascending order.
   */
  readonly freshLines: readonly number[];
}

/**
 * Tells the kinds of all pieces of some code.
 * @param language the highlighter's name for it
 * @returns null where it knows no such language, or can't make sense of the code
 */
export type Highlight = (code: string, language: string) => Highlighted | null;

/** Of the event that the highlighter's script fires on its own element once it has run. */
export const highlighterEvent = 'highlighter';
