import { Emitter } from '../../core/emitter.ts';
import { fill } from '../../core/l10n.ts';
import type { FromWebview } from '../../core/protocol/from-webview.ts';
import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import type { Chip, ToWebview } from '../../core/protocol/to-webview.ts';
import { createButton, createElement } from '../elements.ts';
import type { PanelStateStore } from '../panel-state.ts';
import { DraftEstimate, ModelButtons } from './composer-bar.ts';
import { createQuestionBox, handlePastedImages, PromptHistory } from './question-box.ts';

export interface ComposerServices {
  readonly form: HTMLFormElement;
  readonly strings: PanelStrings;
  readonly memory: PanelStateStore;
  readonly send: (message: FromWebview) => void;
}

/** Where a follow-up is written, with what goes along. */
export class Composer {
  readonly #services: Pick<ComposerServices, 'strings' | 'memory' | 'send'>;
  readonly #box: HTMLTextAreaElement;
  readonly #chips = createElement('ul', 'chips');
  /** What is wrong with them. */
  readonly #chipErrors = createElement('p', 'draft-warning');
  readonly #sendButton: HTMLButtonElement;
  readonly #model: ModelButtons;
  readonly #estimate: DraftEstimate;
  readonly #history = new PromptHistory();
  readonly #resized = new Emitter<number>();
  /** The reply that streams: one question at a time. */
  #streamingReplyId: string | null = null;

  constructor({ form, ...services }: ComposerServices) {
    this.#services = services;
    const { strings, memory, send } = services;
    this.#box = createQuestionBox(strings.composerLabel, () => this.#submit());
    this.#box.dataset['composer'] = '';
    this.#box.placeholder = strings.composerHint;
    this.#box.value = memory.draft;
    this.#box.addEventListener('input', () => this.#onInput());
    handlePastedImages(this.#box, send);
    this.#box.addEventListener('keydown', (event) => this.#onKeyDown(event));
    this.#sendButton = createButton('send', strings.send, () => this.#submit());
    const attach = createButton('attach', strings.attach, () => send({ type: 'attach' }));
    attach.classList.add('secondary');
    this.#chips.hidden = true;
    this.#chipErrors.setAttribute('role', 'status');
    const bar = createElement('div', 'composer-bar');
    this.#estimate = new DraftEstimate(send);
    this.#box.setAttribute('aria-describedby', this.#estimate.figures.id);
    this.#model = new ModelButtons(strings, send);
    bar.append(this.#model.element, this.#estimate.figures, attach, this.#sendButton);
    form.setAttribute('aria-label', strings.composerLabel);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.append(this.#chips, this.#chipErrors, this.#box, this.#estimate.warning, bar);
    new ResizeObserver(() => this.#resized.fire(form.offsetHeight)).observe(form);
    this.#update();
  }

  /** Its height, in CSS pixels. */
  readonly onDidResize = this.#resized.event;

  receive(message: ToWebview): void {
    if (message.type === 'chips') this.#showChips(message.chips);
    else if (message.type === 'estimate') this.#estimate.show(message.text, message.warning);
    else if (message.type === 'model') this.#model.show(message);
    else if (message.type === 'compose') this.#box.focus();
    // What was written since stays.
    else if (message.type === 'not-sent' && this.#box.value === '') this.#resetText(message.text);
  }

  /**
   * @param prompts the questions so far, oldest first
   * @param streaming the id of the reply that streams
   */
  syncWithTranscript(prompts: readonly string[], streaming: string | null): void {
    this.#history.prompts = prompts;
    this.#streamingReplyId = streaming;
    this.#update();
  }

  #submit(): void {
    const text = this.#box.value;
    if (this.#streamingReplyId !== null || text.trim() === '') return;
    this.#services.send({ type: 'ask', text });
    this.#resetText('');
    this.#box.focus();
  }

  #onInput(): void {
    this.#history.reset();
    this.#services.memory.draft = this.#box.value;
    this.#update();
  }

  #onKeyDown(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing } = event;
    if (isComposing || altKey || ctrlKey || metaKey || shiftKey) return;
    if (key === 'Escape' && this.#streamingReplyId !== null) {
      this.#services.send({ type: 'stop', replyId: this.#streamingReplyId });
      return;
    }
    const { value, selectionStart, selectionEnd } = this.#box;
    const isAtStart = selectionStart === 0 && selectionEnd === 0;
    const isAtEnd = selectionStart === value.length;
    let recalled: string | null = null;
    if (key === 'ArrowUp' && isAtStart) recalled = this.#history.older(value);
    else if (key === 'ArrowDown' && isAtEnd) recalled = this.#history.newer();
    if (recalled === null) return;
    event.preventDefault();
    this.#setText(recalled);
    // So that the same key goes on from here.
    const caret = key === 'ArrowUp' ? 0 : recalled.length;
    this.#box.setSelectionRange(caret, caret);
  }

  #resetText(text: string): void {
    this.#history.reset();
    this.#setText(text);
  }

  #setText(text: string): void {
    this.#box.value = text;
    this.#services.memory.draft = text;
    this.#update();
  }

  #update(): void {
    this.#estimate.update(this.#box.value);
    this.#sendButton.disabled = this.#streamingReplyId !== null || this.#box.value.trim() === '';
  }

  #showChips(chips: readonly Chip[]): void {
    this.#chips.hidden = chips.length === 0;
    const faults = chips.flatMap(({ fault }) => fault ?? []);
    this.#chipErrors.textContent = [...new Set(faults)].join(' ');
    this.#chips.replaceChildren(
      ...chips.map(({ id, label, fault }) => {
        const remove = createButton('detach', '×', () => {
          this.#services.send({ type: 'detach', chipId: id });
          this.#box.focus();
        });
        remove.setAttribute('aria-label', fill(this.#services.strings.detach, label));
        const chip = createElement('li', 'chip', label);
        chip.classList.toggle('faulty', fault !== null);
        chip.title = fault ?? '';
        chip.append(remove);
        return chip;
      }),
    );
  }
}
