import { Emitter } from '../../core/emitter.ts';
import { fill } from '../../core/l10n.ts';
import type { FromWebview } from '../../core/protocol/from-webview.ts';
import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import type { Chip, QueueMessage, ToWebview } from '../../core/protocol/to-webview.ts';
import { createButton, createElement } from '../elements.ts';
import type { PanelStateStore } from '../panel-state.ts';
import { ChipList } from './chip-list.ts';
import { DraftEstimate, ModelButtons } from './composer-bar.ts';
import { handleDroppedFiles } from './dropped-files.ts';
import { createQuestionBox, handlePastedImages, PromptHistory } from './question-box.ts';

export interface ComposerServices {
  readonly form: HTMLFormElement;
  readonly strings: PanelStrings;
  readonly memory: PanelStateStore;
  readonly send: (message: FromWebview) => void;
}

/** A queued question is shown by its first characters. */
const maxQueuedLabel = 60;

/** Where a question is written, with what goes along. */
export class Composer {
  readonly #services: Pick<ComposerServices, 'strings' | 'memory' | 'send'>;
  readonly #form: HTMLFormElement;
  readonly #box: HTMLTextAreaElement;
  readonly #chips: ChipList;
  readonly #queueTitle = createElement('p', 'queue-title');
  readonly #queue: ChipList;
  /** Why a queued question wasn't sent. */
  readonly #notSent = createElement('p', 'draft-warning');
  /** What is wrong with them. */
  readonly #chipErrors = createElement('p', 'draft-warning');
  readonly #sendButton: HTMLButtonElement;
  readonly #model: ModelButtons;
  readonly #estimate: DraftEstimate;
  readonly #history = new PromptHistory();
  readonly #resized = new Emitter<number>();
  /** Null where none streams; while one does, a question is queued. */
  #streamingReplyId: string | null = null;
  /** Whether the host is checking the question: it isn't sent twice. Not kept over a reload. */
  #isChecking = false;
  /** Whether Stop was pressed before the reply had begun. */
  #stopOnceStarted = false;

  constructor({ form, ...services }: ComposerServices) {
    this.#services = services;
    this.#form = form;
    const { strings, memory, send } = services;
    this.#box = createQuestionBox(strings.firstLabel, () => this.#submit());
    this.#box.dataset['composer'] = '';
    this.#showLabel(true);
    this.#box.value = memory.draft;
    this.#box.addEventListener('input', () => this.#onInput());
    handlePastedImages(this.#box, send);
    handleDroppedFiles(form, send);
    this.#box.addEventListener('keydown', (event) => this.#onKeyDown(event));
    this.#sendButton = createButton('send', strings.send, () => this.#submit());
    const attach = createButton('attach', strings.attach, () => send({ type: 'attach' }));
    attach.classList.add('secondary');
    const focusBox = (): void => this.#box.focus();
    this.#chips = new ChipList('detach', (chipId) => send({ type: 'detach', chipId }), focusBox);
    this.#queue = new ChipList('unqueue', (askId) => send({ type: 'unqueue', askId }), focusBox);
    this.#queue.element.classList.add('queue');
    for (const told of [this.#chipErrors, this.#notSent, this.#queueTitle]) {
      told.setAttribute('role', 'status');
    }
    const bar = createElement('div', 'composer-bar');
    this.#estimate = new DraftEstimate(send);
    this.#box.setAttribute('aria-describedby', this.#estimate.figures.id);
    this.#model = new ModelButtons(strings, send);
    bar.append(this.#model.element, this.#estimate.figures, attach, this.#sendButton);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.append(
      this.#queueTitle,
      this.#queue.element,
      this.#notSent,
      this.#chips.element,
      this.#chipErrors,
      this.#box,
      this.#estimate.warning,
      bar,
    );
    new ResizeObserver(() => this.#resized.fire(form.offsetHeight)).observe(form);
    this.#update();
  }

  /** Its height, in CSS pixels. */
  readonly onDidResize = this.#resized.event;

  receive(message: ToWebview): void {
    switch (message.type) {
      case 'chips':
        this.#showChips(message.chips);
        return;
      case 'estimate':
        this.#estimate.show(message.text, message.warning);
        return;
      case 'model':
        this.#model.show(message);
        return;
      case 'compose':
        this.#box.focus();
        return;
      case 'ask-result':
        this.#onResult(message.askId, message.accepted);
        return;
      case 'queue':
        this.#showQueue(message);
        return;
      case 'not-sent':
        this.#addText(message.text);
        this.#notSent.textContent = message.reason ?? '';
        return;
    }
  }

  /**
   * @param prompts the questions so far, oldest first
   * @param streaming the id of the reply that streams
   * @param isFirst whether the next question begins the conversation
   */
  syncWithTranscript(prompts: readonly string[], streaming: string | null, isFirst: boolean): void {
    this.#history.prompts = prompts;
    this.#showLabel(isFirst);
    this.#streamingReplyId = streaming;
    if (streaming !== null && this.#stopOnceStarted) {
      this.#stopOnceStarted = false;
      this.#services.send({ type: 'stop', replyId: streaming });
    }
    this.#update();
  }

  #showLabel(isFirst: boolean): void {
    const { firstLabel, firstHint, composerLabel, composerHint } = this.#services.strings;
    const label = isFirst ? firstLabel : composerLabel;
    // A form without a name of its own is no landmark.
    for (const named of [this.#form, this.#box]) named.setAttribute('aria-label', label);
    this.#box.placeholder = isFirst ? firstHint : composerHint;
  }

  #submit(): void {
    const text = this.#box.value;
    if (this.#isChecking || text.trim() === '') return;
    const askId = crypto.randomUUID();
    this.#isChecking = true;
    this.#services.memory.sent = { askId, text };
    this.#notSent.textContent = '';
    this.#services.send({ type: 'ask', askId, text });
    this.#box.focus();
    this.#update();
  }

  /** The words leave the box once the host has them; what was written since stays. */
  #onResult(askId: string, accepted: boolean): void {
    const { sent } = this.#services.memory;
    if (sent?.askId !== askId) return;
    this.#services.memory.sent = null;
    this.#isChecking = false;
    this.#stopOnceStarted = false;
    const { value } = this.#box;
    if (accepted && value.startsWith(sent.text)) this.#resetText(value.slice(sent.text.length));
    else this.#update();
  }

  /** Below what is written already. */
  #addText(text: string): void {
    const { value } = this.#box;
    this.#resetText(value.trim() === '' ? text : `${value.trimEnd()}\n\n${text}`);
  }

  #showQueue({ session, questions }: QueueMessage): void {
    const copy = this.#services.memory.queue;
    this.#services.memory.queue = { session, texts: questions.map(({ text }) => text) };
    // The host was restarted: nothing of what it had queued is sent by itself.
    if (copy !== null && copy.session !== session) {
      for (const text of copy.texts) this.#addText(text);
    }
    this.#queueTitle.textContent = questions.length === 0 ? '' : this.#services.strings.queued;
    this.#queue.show(
      questions.map(({ askId, text }) => {
        const label = truncate(text);
        return {
          id: askId,
          label,
          removeLabel: fill(this.#services.strings.unqueue, label),
          fault: null,
        };
      }),
    );
  }

  #onInput(): void {
    this.#history.reset();
    this.#notSent.textContent = '';
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
    if (key === 'Escape' && this.#isChecking) this.#stopOnceStarted = true;
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
    this.#sendButton.disabled = this.#isChecking || this.#box.value.trim() === '';
  }

  #showChips(chips: readonly Chip[]): void {
    const faults = chips.flatMap(({ fault }) => fault ?? []);
    this.#chipErrors.textContent = [...new Set(faults)].join(' ');
    this.#chips.show(
      chips.map((chip) => ({
        ...chip,
        removeLabel: fill(this.#services.strings.detach, chip.label),
      })),
    );
  }
}

function truncate(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= maxQueuedLabel ? line : `${line.slice(0, maxQueuedLabel).trimEnd()}…`;
}
