import type { CodeMessage } from '../../core/protocol/from-webview.ts';
import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import { IdleQueue } from '../idle-queue.ts';
import { createColourJob } from './colour-code.ts';
import { createIconButton, DecoratedCodeBlock } from './decorated-code-block.ts';
import { HighlighterLoader, type HighlighterScript } from './highlighter.ts';
import type { CodeBlock, CreateCodeBlock } from './plain-code-block.ts';

interface WrappingState {
  wrapsCode: boolean;
}

/** Whether long lines of code are wrapped: one answer for the whole page, which remembers it. */
class LineWrapping {
  readonly #root: HTMLElement;
  readonly #label: string;
  readonly #state: WrappingState;

  constructor(root: HTMLElement, label: string, remembered: WrappingState) {
    this.#root = root;
    this.#label = label;
    this.#state = remembered;
    this.#apply();
  }

  createButton(): HTMLElement {
    const made = createIconButton('wrap', this.#label, () => this.#toggle(made));
    made.ariaPressed = String(this.#state.wrapsCode);
    return made;
  }

  /** The pressed button stays where it is on the screen, however the blocks above it change. */
  #toggle(pressed: HTMLElement): void {
    const before = pressed.getBoundingClientRect().top;
    this.#state.wrapsCode = !this.#state.wrapsCode;
    this.#apply();
    window.scrollBy({ top: pressed.getBoundingClientRect().top - before, behavior: 'instant' });
  }

  #apply(): void {
    const wraps = this.#state.wrapsCode;
    this.#root.classList.toggle('wraps-code', wraps);
    for (const made of this.#root.querySelectorAll('[data-action="wrap"]')) {
      made.ariaPressed = String(wraps);
    }
  }
}

interface CodeBlocksServices {
  /** What holds all code of the page. */
  readonly root: HTMLElement;
  readonly strings: PanelStrings;
  readonly wrappingState: WrappingState;
  readonly highlighter: HighlighterScript;
  readonly createPlainBlock: CreateCodeBlock;
  readonly send: (message: CodeMessage) => void;
  /** Tells a screen reader. */
  readonly announce: (text: string) => void;
}

/** The code blocks of a page, and what they share: the highlighter, its queue, the wrapping. */
export class CodeBlocks {
  readonly #parts: CodeBlocksServices;
  readonly #queue = new IdleQueue();
  readonly #loader: HighlighterLoader;
  readonly #wrapping: LineWrapping;

  constructor(parts: CodeBlocksServices) {
    this.#parts = parts;
    this.#loader = new HighlighterLoader(parts.highlighter);
    this.#wrapping = new LineWrapping(parts.root, parts.strings.wrapLines, parts.wrappingState);
  }

  create(replyId: string, word: string): CodeBlock {
    const { strings, createPlainBlock: makePlain, send, announce } = this.#parts;
    return new DecoratedCodeBlock(makePlain(word), word, strings, {
      run: (action, language, text) => {
        send({ type: 'code', action, replyId, language, text });
        if (action === 'copy') announce(strings.copied);
      },
      colour: (element, grammar) => void this.#colour(element, grammar),
      createWrapButton: () => this.#wrapping.createButton(),
    });
  }

  /** Never rejects: a highlighter that doesn't load leaves code plain. */
  async #colour(element: HTMLElement, grammar: string): Promise<void> {
    const highlight = await this.#loader.load();
    if (highlight === null) return;
    const done = (): void => {
      element.dataset['coloured'] = '';
    };
    this.#queue.add(createColourJob(element, grammar, highlight, done));
  }
}
