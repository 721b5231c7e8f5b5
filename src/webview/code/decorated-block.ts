import { fill } from '../../core/l10n.ts';
import type { CodeMessage, PanelStrings } from '../../core/protocol.ts';
import { leavesFocus, make } from '../elements.ts';
import type { CodeBlock } from '../markdown/code-block.ts';
import { iconButton, showIcon } from './icon-button.ts';
import { type Language, languageOf } from './language.ts';

export interface BlockActions {
  /** A button was pressed; `text` is the code so far. */
  run(action: CodeMessage['action'], language: string, text: string): void;
  /** The code is whole: colours may come, in their own time. */
  colour(element: HTMLElement, grammar: string): void;
  /** A button that wraps the lines of all code on the page. */
  makeWrapButton(): HTMLElement;
}

/** How long the button says that the code was copied, in milliseconds. */
const copiedMs = 1500;

/**
 * A plain block under a header with its language and its buttons; it is coloured once it is closed.
 */
export class DecoratedBlock implements CodeBlock {
  readonly element: HTMLElement;
  readonly #plain: CodeBlock;
  readonly #language: Language | null;
  readonly #strings: PanelStrings;
  readonly #actions: BlockActions;

  /** @param word the first word behind the fence; empty where there is none */
  constructor(plain: CodeBlock, word: string, strings: PanelStrings, actions: BlockActions) {
    this.#plain = plain;
    this.#language = languageOf(word);
    this.#strings = strings;
    this.#actions = actions;
    this.element = make('div', 'code-block');
    this.element.append(this.#header(), plain.element);
    plain.element.setAttribute('role', 'group');
    plain.element.setAttribute('aria-label', this.#label());
  }

  append(text: string): void {
    this.#plain.append(text);
  }

  close(): void {
    this.#plain.close();
    const grammar = this.#language?.grammar ?? null;
    if (grammar !== null) this.#actions.colour(this.#plain.element, grammar);
  }

  #header(): HTMLElement {
    const header = make('div', 'code-header');
    // Shown by the style sheet: the name is no part of the text that is selected, copied or
    // searched.
    header.dataset['languageName'] = this.#language?.name ?? '';
    header.append(
      this.#copyButton(),
      leavesFocus(iconButton('insert', this.#strings.insertCode, () => this.#run('insert'))),
      leavesFocus(iconButton('replace', this.#strings.replaceCode, () => this.#run('replace'))),
      leavesFocus(iconButton('new-file', this.#strings.newFile, () => this.#run('new-file'))),
      iconButton('explain', this.#strings.explainCode, () => this.#run('explain')),
      this.#actions.makeWrapButton(),
    );
    return header;
  }

  #copyButton(): HTMLElement {
    const copy = iconButton('copy', this.#strings.copy, () => {
      this.#run('copy');
      showIcon(copy, 'copied', this.#strings.copied);
      clearTimeout(timer);
      timer = setTimeout(() => showIcon(copy, 'copy', this.#strings.copy), copiedMs);
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    copy.dataset['action'] = 'copy-code';
    return copy;
  }

  #run(action: CodeMessage['action']): void {
    const text = this.#plain.element.textContent ?? '';
    this.#actions.run(action, this.#language?.id ?? 'plaintext', text);
  }

  #label(): string {
    if (this.#language === null) return this.#strings.code;
    return fill(this.#strings.codeIn, this.#language?.name ?? '');
  }
}
