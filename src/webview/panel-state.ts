import {
  type Guarded,
  isBoolean,
  isListOf,
  isNullOr,
  isObject,
  isOptional,
  isString,
} from '../core/guard.ts';
import { isReadingPosition } from './reading/reading-position.ts';

const isViewState = isObject({
  /** The newest turn then: what is asked later is shown instead of the old place. */
  newestReplyId: isNullOr(isString),
  place: isNullOr(isReadingPosition),
  /** The replies whose details are open, each as `receipt <id>` or `thinking <id>`. */
  open: isListOf(isString),
});
export type ViewState = Guarded<typeof isViewState>;

/** A question that was sent, until the host says whether it was accepted. */
const isSentQuestion = isObject({ askId: isString, text: isString });
export type SentQuestion = Guarded<typeof isSentQuestion>;

/** An earlier question that is being edited. */
const isQuestionEdit = isObject({
  replyId: isString,
  text: isString,
  /** Of the sent question; null while it isn't sent. */
  askId: isNullOr(isString),
});
export type QuestionEdit = Guarded<typeof isQuestionEdit>;

/** What waits for the end of a reply, in case that the host forgets it. */
const isQueueCopy = isObject({ session: isString, texts: isListOf(isString) });
export type QueueCopy = Guarded<typeof isQueueCopy>;

/** What VS Code keeps for the webview while it is hidden, reloaded, or its window closed. */
const isPanelState = isObject({
  /** Also read by the host, to bring the conversation back with the window. */
  conversationId: isString,
  view: isNullOr(isViewState),
  /** The question that isn't sent yet. */
  draft: isString,
  // Earlier versions kept none of these three.
  sent: isOptional(isNullOr(isSentQuestion)),
  edits: isOptional(isListOf(isQuestionEdit)),
  queue: isOptional(isNullOr(isQueueCopy)),
  /** Whether long lines of code are wrapped. */
  wrapsCode: isBoolean,
});
type PanelState = Guarded<typeof isPanelState>;

interface VsCodeStateApi {
  getState(): unknown;
  setState(state: object): void;
}

/** At most so often, in milliseconds: each time crosses to another process. */
const saveMs = 200;

/** Remembers where the reader was, what was open, and what is being written. */
export class PanelStateStore {
  readonly #vscode: VsCodeStateApi;
  #state: PanelState;
  #captureView: (() => ViewState) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(vscode: VsCodeStateApi, conversationId: string) {
    this.#vscode = vscode;
    const kept = vscode.getState();
    const isOurs = isPanelState(kept) && kept.conversationId === conversationId;
    this.#state = isOurs ? kept : { conversationId, view: null, draft: '', wrapsCode: false };
    vscode.setState(this.#state);
  }

  /** Null where nothing was kept of this conversation. */
  getView(): ViewState | null {
    return this.#state.view;
  }

  get draft(): string {
    return this.#state.draft;
  }

  set draft(draft: string) {
    this.#state = { ...this.#state, draft };
    this.#saveSoon();
  }

  /** Null where every question was accepted or refused. */
  get sent(): SentQuestion | null {
    return this.#state.sent ?? null;
  }

  set sent(sent: SentQuestion | null) {
    this.#setState({ sent });
  }

  get edits(): readonly QuestionEdit[] {
    return this.#state.edits ?? [];
  }

  set edits(edits: readonly QuestionEdit[]) {
    this.#state = { ...this.#state, edits };
    this.#saveSoon();
  }

  get queue(): QueueCopy | null {
    return this.#state.queue ?? null;
  }

  set queue(queue: QueueCopy) {
    this.#setState({ queue });
  }

  get wrapsCode(): boolean {
    return this.#state.wrapsCode;
  }

  set wrapsCode(wrapsCode: boolean) {
    this.#setState({ wrapsCode });
  }

  /** @param view called when it is kept, a moment later */
  saveViewSoon(view: () => ViewState): void {
    this.#captureView = view;
    this.#saveSoon();
  }

  #setState(changed: Partial<PanelState>): void {
    this.#state = { ...this.#state, ...changed };
    this.#vscode.setState(this.#state);
  }

  #saveSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#captureView !== undefined)
        this.#state = { ...this.#state, view: this.#captureView() };
      this.#vscode.setState(this.#state);
    }, saveMs);
  }
}
