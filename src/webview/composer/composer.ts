import { Emitter } from '../../core/emitter.ts';
import { fill } from '../../core/l10n.ts';
import type { Chip, FromWebview, PanelStrings, ToWebview } from '../../core/protocol.ts';
import { button, make } from '../elements.ts';
import type { PanelMemory } from '../panel-memory.ts';
import { ChosenModel } from './chosen-model.ts';
import { DraftCount } from './draft-count.ts';
import { takePastedImages } from './paste-image.ts';
import { questionBox } from './question-box.ts';
import { Recall } from './recall.ts';

export interface ComposerParts {
  readonly form: HTMLFormElement;
  readonly strings: PanelStrings;
  readonly memory: PanelMemory;
  readonly send: (message: FromWebview) => void;
}

/** Where a follow-up is written, with what goes along. */
export class Composer {
  readonly #strings: PanelStrings;
  readonly #memory: PanelMemory;
  readonly #send: (message: FromWebview) => void;
  readonly #box: HTMLTextAreaElement;
  readonly #chips = make('ul', 'chips');
  /** What is wrong with them. */
  readonly #faults = make('p', 'draft-warning');
  readonly #sendButton: HTMLButtonElement;
  readonly #model: ChosenModel;
  readonly #count: DraftCount;
  readonly #recall = new Recall();
  readonly #resized = new Emitter<number>();
  /** The reply that streams: one question at a time. */
  #streaming: string | null = null;

  constructor({ form, strings, memory, send }: ComposerParts) {
    this.#strings = strings;
    this.#memory = memory;
    this.#send = send;
    this.#box = questionBox(strings.composerLabel, () => this.#ask());
    this.#box.dataset['composer'] = '';
    this.#box.placeholder = strings.composerHint;
    this.#box.value = memory.draft;
    this.#box.addEventListener('input', () => this.#typed());
    takePastedImages(this.#box, send);
    this.#box.addEventListener('keydown', (event) => this.#key(event));
    this.#sendButton = button('send', strings.send, () => this.#ask());
    const attach = button('attach', strings.attach, () => send({ type: 'attach' }));
    attach.classList.add('secondary');
    this.#chips.hidden = true;
    this.#faults.setAttribute('role', 'status');
    const bar = make('div', 'composer-bar');
    this.#count = new DraftCount(send);
    this.#box.setAttribute('aria-describedby', this.#count.figures.id);
    this.#model = new ChosenModel(strings, send);
    bar.append(this.#model.element, this.#count.figures, attach, this.#sendButton);
    form.setAttribute('aria-label', strings.composerLabel);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.append(this.#chips, this.#faults, this.#box, this.#count.warning, bar);
    new ResizeObserver(() => this.#resized.fire(form.offsetHeight)).observe(form);
    this.#update();
  }

  /** Its height, in CSS pixels. */
  readonly onDidResize = this.#resized.event;

  receive(message: ToWebview): void {
    if (message.type === 'chips') this.#showChips(message.chips);
    else if (message.type === 'estimate') this.#count.show(message.text, message.warning);
    else if (message.type === 'model') this.#model.show(message);
    else if (message.type === 'compose') this.#box.focus();
    // What was written since stays.
    else if (message.type === 'not-sent' && this.#box.value === '') this.#write(message.text);
  }

  /**
   * @param prompts the questions so far, oldest first
   * @param streaming the id of the reply that streams
   */
  follow(prompts: readonly string[], streaming: string | null): void {
    this.#recall.prompts = prompts;
    this.#streaming = streaming;
    this.#update();
  }

  #ask(): void {
    const text = this.#box.value;
    if (this.#streaming !== null || text.trim() === '') return;
    this.#send({ type: 'ask', text });
    this.#write('');
    this.#box.focus();
  }

  #typed(): void {
    this.#recall.forget();
    this.#memory.draft = this.#box.value;
    this.#update();
  }

  #key(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing } = event;
    if (isComposing || altKey || ctrlKey || metaKey || shiftKey) return;
    if (key === 'Escape' && this.#streaming !== null) {
      this.#send({ type: 'stop', replyId: this.#streaming });
      return;
    }
    const { value, selectionStart, selectionEnd } = this.#box;
    const isAtStart = selectionStart === 0 && selectionEnd === 0;
    const isAtEnd = selectionStart === value.length;
    let recalled: string | null = null;
    if (key === 'ArrowUp' && isAtStart) recalled = this.#recall.older(value);
    else if (key === 'ArrowDown' && isAtEnd) recalled = this.#recall.newer();
    if (recalled === null) return;
    event.preventDefault();
    this.#show(recalled);
    // So that the same key goes on from here.
    const caret = key === 'ArrowUp' ? 0 : recalled.length;
    this.#box.setSelectionRange(caret, caret);
  }

  #write(text: string): void {
    this.#recall.forget();
    this.#show(text);
  }

  #show(text: string): void {
    this.#box.value = text;
    this.#memory.draft = text;
    this.#update();
  }

  #update(): void {
    this.#count.follow(this.#box.value);
    this.#sendButton.disabled = this.#streaming !== null || this.#box.value.trim() === '';
  }

  #showChips(chips: readonly Chip[]): void {
    this.#chips.hidden = chips.length === 0;
    const faults = chips.flatMap(({ fault }) => fault ?? []);
    this.#faults.textContent = [...new Set(faults)].join(' ');
    this.#chips.replaceChildren(
      ...chips.map(({ id, label, fault }) => {
        const remove = button('detach', '×', () => {
          this.#send({ type: 'detach', chipId: id });
          this.#box.focus();
        });
        remove.setAttribute('aria-label', fill(this.#strings.detach, label));
        const chip = make('li', 'chip', label);
        chip.classList.toggle('faulty', fault !== null);
        chip.title = fault ?? '';
        chip.append(remove);
        return chip;
      }),
    );
  }
}
