import type { CodeMessage, PanelStrings } from '../../core/protocol.ts';
import type { CodeBlock, MakeCodeBlock } from '../markdown/code-block.ts';
import { colourJob } from './colour-code.ts';
import { DecoratedBlock } from './decorated-block.ts';
import { IdleQueue } from './idle-queue.ts';
import { LineWrapping, type RememberedWrapping } from './line-wrapping.ts';
import { HighlighterLoader, type HighlighterScript } from './load-highlighter.ts';

export interface CodeBlocksParts {
  /** What holds all code of the page. */
  readonly root: HTMLElement;
  readonly strings: PanelStrings;
  readonly remembered: RememberedWrapping;
  readonly highlighter: HighlighterScript;
  readonly makePlain: MakeCodeBlock;
  readonly send: (message: CodeMessage) => void;
  /** Tells a screen reader. */
  readonly announce: (text: string) => void;
}

/** The code blocks of a page, and what they share: the highlighter, its queue, the wrapping. */
export class CodeBlocks {
  readonly #parts: CodeBlocksParts;
  readonly #queue = new IdleQueue();
  readonly #loader: HighlighterLoader;
  readonly #wrapping: LineWrapping;

  constructor(parts: CodeBlocksParts) {
    this.#parts = parts;
    this.#loader = new HighlighterLoader(parts.highlighter);
    this.#wrapping = new LineWrapping(parts.root, parts.strings.wrapLines, parts.remembered);
  }

  make(replyId: string, word: string): CodeBlock {
    const { strings, makePlain, send, announce } = this.#parts;
    return new DecoratedBlock(makePlain(word), word, strings, {
      run: (action, language, text) => {
        send({ type: 'code', action, replyId, language, text });
        if (action === 'copy') announce(strings.copied);
      },
      colour: (element, grammar) => void this.#colour(element, grammar),
      makeWrapButton: () => this.#wrapping.makeButton(),
    });
  }

  /** Never rejects: a highlighter that doesn't load leaves code plain. */
  async #colour(element: HTMLElement, grammar: string): Promise<void> {
    const highlight = await this.#loader.load();
    if (highlight === null) return;
    const done = (): void => {
      element.dataset['coloured'] = '';
    };
    this.#queue.add(colourJob(element, grammar, highlight, done));
  }
}
