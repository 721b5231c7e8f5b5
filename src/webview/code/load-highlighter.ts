import { type Highlight, highlighterEvent } from './highlighted.ts';

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
