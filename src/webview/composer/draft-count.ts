import { type FromWebview, mostDraft } from '../../core/protocol.ts';
import { make } from '../elements.ts';

/** How long nothing may be typed before the host is told, in milliseconds. */
const pauseMs = 150;

/** What the question takes: figures that follow what is written. */
export class DraftCount {
  readonly figures = make('span', 'draft-count');
  readonly warning = make('p', 'draft-warning');
  readonly #send: (message: FromWebview) => void;
  /** What the host was told last. */
  #told = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (message: FromWebview) => void) {
    this.#send = send;
    this.figures.id = 'draft-count';
    this.figures.dataset['draftCount'] = '';
    this.warning.setAttribute('role', 'status');
  }

  follow(written: string): void {
    clearTimeout(this.#timer);
    const draft = written.trim() === '' || written.length > mostDraft ? '' : written;
    if (draft === this.#told) return;
    if (draft === '') this.#tell(draft);
    else this.#timer = setTimeout(() => this.#tell(draft), pauseMs);
  }

  show(text: string, warning: string | null): void {
    // What comes late is about a question that is gone.
    const isGone = this.#told === '';
    this.figures.textContent = isGone ? '' : text;
    this.figures.title = this.figures.textContent;
    this.warning.textContent = isGone ? '' : (warning ?? '');
  }

  #tell(draft: string): void {
    this.#told = draft;
    if (draft === '') this.show('', null);
    this.#send({ type: 'draft', text: draft });
  }
}
