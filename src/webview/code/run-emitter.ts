import type { Emitter } from 'highlight.js';
import type { TokenKind } from '../../core/theme/token-kind.ts';
import { kindOfScope } from './scope-kind.ts';

/** A stretch of code as the highlighter tells it. */
export interface Piece {
  readonly text: string;
  readonly kind: TokenKind | null;
  /** The language that it is in, where that is another than the code's. */
  readonly language: string | null;
  /** Whether it stands outside every construct. */
  readonly isOutermost: boolean;
}

/**
 * Collects what the highlighter finds, flat and in order: the innermost scope with a meaning gives
 * a piece its kind. Takes the place of highlight.js's own emitter, which makes HTML.
 */
export class RunEmitter implements Emitter {
  readonly pieces: Piece[] = [];
  readonly #open: (TokenKind | null)[] = [];

  addText(text: string): void {
    if (text === '') return;
    const kind = this.#open.at(-1) ?? null;
    const isOutermost = this.#open.length === 0;
    const last = this.pieces.at(-1);
    // The highlighter cuts plain text where something might have begun.
    if (kind === null && last !== undefined && goesOn(last, isOutermost)) {
      this.pieces[this.pieces.length - 1] = { ...last, text: last.text + text };
    } else this.pieces.push({ text, kind, language: null, isOutermost });
  }

  startScope(scope: string): void {
    this.#open.push(kindOfScope(scope, this.#open.at(-1) ?? null));
  }

  endScope(): void {
    this.#open.pop();
  }

  /** The names that the highlighter uses itself. */
  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(emitter: Emitter, language: string): void {
    if (!(emitter instanceof RunEmitter)) return;
    const around = this.#open.at(-1) ?? null;
    for (const piece of emitter.pieces) {
      this.pieces.push({
        text: piece.text,
        kind: piece.kind ?? around,
        language: piece.language ?? language,
        isOutermost: false,
      });
    }
  }

  finalize(): void {
    this.#open.length = 0;
  }

  toHTML(): string {
    return '';
  }
}

function goesOn({ kind, language, isOutermost }: Piece, isNextOutermost: boolean): boolean {
  return kind === null && language === null && isOutermost === isNextOutermost;
}
