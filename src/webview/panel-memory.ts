import { type Guarded, isListOf, isNullOr, isObject, isString } from '../core/guard.ts';
import { isReadingPlace } from './reading/reading-place.ts';

/** What VS Code keeps for the webview while it is hidden, reloaded, or its window closed. */
const isKept = isObject({
  /** Also read by the host, to bring the conversation back with the window. */
  conversationId: isString,
  view: isObject({
    /** The newest turn then: what is asked later is shown instead of the old place. */
    newestReplyId: isNullOr(isString),
    place: isNullOr(isReadingPlace),
    /** The replies whose details are open, each as `receipt <id>` or `thinking <id>`. */
    open: isListOf(isString),
  }),
});
export type ViewMemory = Guarded<typeof isKept>['view'];

interface VsCodeState {
  getState(): unknown;
  setState(state: object): void;
}

/** At most so often, in milliseconds: each time crosses to another process. */
const saveMs = 200;

/** Remembers where the reader was and what was open. */
export class PanelMemory {
  readonly #vscode: VsCodeState;
  readonly #conversationId: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(vscode: VsCodeState, conversationId: string) {
    this.#vscode = vscode;
    this.#conversationId = conversationId;
    if (this.recall() === null) vscode.setState({ conversationId });
  }

  /** Null where nothing was kept of this conversation. */
  recall(): ViewMemory | null {
    const kept = this.#vscode.getState();
    return isKept(kept) && kept.conversationId === this.#conversationId ? kept.view : null;
  }

  /** @param view called when it is kept, a moment later */
  keepSoon(view: () => ViewMemory): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#vscode.setState({ conversationId: this.#conversationId, view: view() });
    }, saveMs);
  }
}
