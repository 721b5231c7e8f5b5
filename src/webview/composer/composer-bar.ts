import { fill } from '../../core/l10n.ts';
import { type FromWebview, maxDraftLength } from '../../core/protocol/from-webview.ts';
import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import type { ModelMessage } from '../../core/protocol/to-webview.ts';
import { createButton, createElement } from '../elements.ts';

/**
 * Which model the next question goes to, and with what effort: each a button that chooses another.
 */
export class ModelButtons {
  readonly element = createElement('div', 'chosen-model');
  readonly #strings: PanelStrings;
  readonly #model: HTMLButtonElement;
  readonly #effort: HTMLButtonElement;

  constructor(strings: PanelStrings, send: (message: FromWebview) => void) {
    this.#strings = strings;
    const choose = (what: 'model' | 'effort') => {
      const made = createButton(`composer-${what}`, '', () => send({ type: 'choose', what }));
      made.classList.add('link');
      made.hidden = true;
      return made;
    };
    this.#model = choose('model');
    this.#effort = choose('effort');
    this.element.append(this.#model, this.#effort);
  }

  show({ model, effort }: ModelMessage): void {
    setButtonText(this.#model, model, this.#strings.chooseModel);
    setButtonText(this.#effort, effort, this.#strings.chooseEffort);
  }
}

/** @param label `{0}` is what is chosen now: what is seen is a part of what is heard */
function setButtonText(shown: HTMLButtonElement, words: string | null, label: string): void {
  shown.hidden = words === null;
  if (words === null) return;
  shown.textContent = words;
  const heard = fill(label, words);
  shown.setAttribute('aria-label', heard);
  shown.title = heard;
}

/** How long nothing may be typed before the host is told, in milliseconds. */
const pauseMs = 150;

/** What the question takes: figures that follow what is written. */
export class DraftEstimate {
  readonly figures = createElement('span', 'draft-count');
  readonly warning = createElement('p', 'draft-warning');
  readonly #send: (message: FromWebview) => void;
  /** What the host was told last. */
  #lastSent = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (message: FromWebview) => void) {
    this.#send = send;
    this.figures.id = 'draft-count';
    this.figures.dataset['draftCount'] = '';
    this.warning.setAttribute('role', 'status');
  }

  update(written: string): void {
    clearTimeout(this.#timer);
    const draft = written.trim() === '' || written.length > maxDraftLength ? '' : written;
    if (draft === this.#lastSent) return;
    if (draft === '') this.#sendDraft(draft);
    else this.#timer = setTimeout(() => this.#sendDraft(draft), pauseMs);
  }

  show(text: string, warning: string | null): void {
    // What comes late is about a question that is gone.
    const isGone = this.#lastSent === '';
    this.figures.textContent = isGone ? '' : text;
    this.figures.title = this.figures.textContent;
    this.warning.textContent = isGone ? '' : (warning ?? '');
  }

  #sendDraft(draft: string): void {
    this.#lastSent = draft;
    if (draft === '') this.show('', null);
    this.#send({ type: 'draft', text: draft });
  }
}
