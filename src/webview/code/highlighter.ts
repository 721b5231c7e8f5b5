import type { TokenKind } from '../../core/theme/palette.ts';

/** A stretch of code in one colour; null where it is plain. */
export interface TokenRun {
  /** UTF-16 code units. */
  readonly length: number;
  readonly kind: TokenKind | null;
}

interface Highlighted {
  /** From the code's start to its end, without gaps. */
  readonly runs: readonly TokenRun[];
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

export interface HighlighterScript {
  readonly uri: string;
  /** Of the page's own script: nothing else may run. */
  readonly nonce: string;
}

/**
 * Loads the highlighter's script under the page's own nonce, at the first call and never again.
 * Resolves to null where it doesn't load: code then stays plain.
 */
export class HighlighterLoader {
  readonly #script: HighlighterScript;
  #loading: Promise<Highlight | null> | undefined;

  constructor(script: HighlighterScript) {
    this.#script = script;
  }

  load(): Promise<Highlight | null> {
    this.#loading ??= new Promise((resolve) => {
      const script = document.createElement('script');
      script.addEventListener(highlighterEvent, (event) => {
        if (event instanceof CustomEvent && isHighlight(event.detail)) resolve(event.detail);
      });
      // Both come after the script has run: where it handed nothing over, there is nothing.
      script.addEventListener('load', () => resolve(null));
      script.addEventListener('error', () => resolve(null));
      script.nonce = this.#script.nonce;
      script.src = this.#script.uri;
      document.head.append(script);
    });
    return this.#loading;
  }
}

/** Only our own script has the element that the event is fired on. */
function isHighlight(value: unknown): value is Highlight {
  return typeof value === 'function';
}
