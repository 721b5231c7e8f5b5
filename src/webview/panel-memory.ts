import { type Guarded, isBoolean, isListOf, isNullOr, isObject, isString } from '../core/guard.ts';
import { isReadingPlace } from './reading/reading-place.ts';

const isView = isObject({
  /** The newest turn then: what is asked later is shown instead of the old place. */
  newestReplyId: isNullOr(isString),
  place: isNullOr(isReadingPlace),
  /** The replies whose details are open, each as `receipt <id>` or `thinking <id>`. */
  open: isListOf(isString),
});
export type ViewMemory = Guarded<typeof isView>;

/** What VS Code keeps for the webview while it is hidden, reloaded, or its window closed. */
const isKept = isObject({
  /** Also read by the host, to bring the conversation back with the window. */
  conversationId: isString,
  view: isNullOr(isView),
  /** The question that isn't sent yet. */
  draft: isString,
  /** Whether long lines of code are wrapped. */
  wrapsCode: isBoolean,
});
type Kept = Guarded<typeof isKept>;

interface VsCodeState {
  getState(): unknown;
  setState(state: object): void;
}

/** At most so often, in milliseconds: each time crosses to another process. */
const saveMs = 200;

/** Remembers where the reader was, what was open, and what is being written. */
export class PanelMemory {
  readonly #vscode: VsCodeState;
  #kept: Kept;
  #view: (() => ViewMemory) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(vscode: VsCodeState, conversationId: string) {
    this.#vscode = vscode;
    const kept = vscode.getState();
    const isOurs = isKept(kept) && kept.conversationId === conversationId;
    this.#kept = isOurs ? kept : { conversationId, view: null, draft: '', wrapsCode: false };
    vscode.setState(this.#kept);
  }

  /** Null where nothing was kept of this conversation. */
  recall(): ViewMemory | null {
    return this.#kept.view;
  }

  get draft(): string {
    return this.#kept.draft;
  }

  set draft(draft: string) {
    this.#kept = { ...this.#kept, draft };
    this.#saveSoon();
  }

  get wrapsCode(): boolean {
    return this.#kept.wrapsCode;
  }

  set wrapsCode(wrapsCode: boolean) {
    this.#kept = { ...this.#kept, wrapsCode };
    this.#vscode.setState(this.#kept);
  }

  /** @param view called when it is kept, a moment later */
  keepSoon(view: () => ViewMemory): void {
    this.#view = view;
    this.#saveSoon();
  }

  #saveSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#view !== undefined) this.#kept = { ...this.#kept, view: this.#view() };
      this.#vscode.setState(this.#kept);
    }, saveMs);
  }
}
