import { fill } from '../../core/l10n.ts';
import type { CodeMessage } from '../../core/protocol/from-webview.ts';
import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import { createButton, createElement, preventFocusOnMouseDown } from '../elements.ts';
import { findLanguage, type Language } from './languages.ts';
import type { CodeBlock } from './plain-code-block.ts';

/** The drawings of `code.css`. */
type IconName = 'copy' | 'copied' | 'insert' | 'replace' | 'new-file' | 'explain' | 'wrap';

/**
 * A button that shows a drawing and says its name to a screen reader and in a tooltip. The style
 * sheet draws it: Chromium visits every `<svg>` of a page in every frame.
 */
export function createIconButton(
  action: IconName,
  name: string,
  onPress: () => void,
): HTMLButtonElement {
  const element = createButton(action, '', onPress);
  element.classList.add('code-button');
  setIcon(element, action, name);
  return element;
}

function setIcon(target: HTMLElement, drawing: IconName, name: string): void {
  target.dataset['icon'] = drawing;
  target.ariaLabel = name;
  target.title = name;
}

interface CodeBlockActions {
  /** A button was pressed; `text` is the code so far. */
  run(action: CodeMessage['action'], language: string, text: string): void;
  /** The code is whole: colours may come, in their own time. */
  colour(element: HTMLElement, grammar: string): void;
  /** A button that wraps the lines of all code on the page. */
  createWrapButton(): HTMLElement;
}

/** How long the button says that the code was copied, in milliseconds. */
const copiedMs = 1500;

/**
 * A plain block under a header with its language and its buttons; it is coloured once it is closed.
 */
export class DecoratedCodeBlock implements CodeBlock {
  readonly element: HTMLElement;
  readonly #plain: CodeBlock;
  readonly #language: Language | null;
  /** Said where the language isn't known. */
  readonly #word: string;
  readonly #strings: PanelStrings;
  readonly #actions: CodeBlockActions;

  /** @param word the first word behind the fence; empty where there is none */
  constructor(plain: CodeBlock, word: string, strings: PanelStrings, actions: CodeBlockActions) {
    this.#plain = plain;
    this.#language = findLanguage(word);
    this.#word = word === '' ? strings.code : word;
    this.#strings = strings;
    this.#actions = actions;
    this.element = createElement('div', 'code-block');
    this.element.append(this.#createHeader(), plain.element);
    plain.element.setAttribute('role', 'group');
    plain.element.setAttribute('aria-label', this.#accessibleName());
  }

  append(text: string): void {
    this.#plain.append(text);
  }

  close(): void {
    this.#plain.close();
    const grammar = this.#language?.grammar ?? null;
    if (grammar !== null) this.#actions.colour(this.#plain.element, grammar);
  }

  #createHeader(): HTMLElement {
    const header = createElement('div', 'code-header');
    // Shown by the style sheet: the name is no part of the text that is selected, copied or
    // searched.
    header.dataset['languageName'] = this.#language?.name ?? this.#word;
    header.append(
      this.#createCopyButton(),
      preventFocusOnMouseDown(
        createIconButton('insert', this.#strings.insertCode, () => this.#run('insert')),
      ),
      preventFocusOnMouseDown(
        createIconButton('replace', this.#strings.replaceCode, () => this.#run('replace')),
      ),
      preventFocusOnMouseDown(
        createIconButton('new-file', this.#strings.newFile, () => this.#run('new-file')),
      ),
      createIconButton('explain', this.#strings.explainCode, () => this.#run('explain')),
      this.#actions.createWrapButton(),
    );
    return header;
  }

  #createCopyButton(): HTMLElement {
    const copy = createIconButton('copy', this.#strings.copy, () => {
      this.#run('copy');
      setIcon(copy, 'copied', this.#strings.copied);
      clearTimeout(timer);
      timer = setTimeout(() => setIcon(copy, 'copy', this.#strings.copy), copiedMs);
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    copy.dataset['action'] = 'copy-code';
    return copy;
  }

  #run(action: CodeMessage['action']): void {
    const text = this.#plain.element.textContent ?? '';
    this.#actions.run(action, this.#language?.id ?? 'plaintext', text);
  }

  #accessibleName(): string {
    if (this.#language === null) return this.#strings.code;
    return fill(this.#strings.codeIn, this.#language?.name ?? '');
  }
}
