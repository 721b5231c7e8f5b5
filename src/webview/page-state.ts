/** What the page needs of VS Code to remember things. */
export interface StateStore {
  getState(): unknown;
  setState(state: unknown): void;
}

/**
 * What VS Code keeps for the page while it is hidden or its window is loaded again: which
 * conversation it shows, for the host, and what the reader chose here.
 */
export class PageState {
  readonly #store: StateStore;
  readonly #conversationId: string;
  #wrapsCode: boolean;

  constructor(store: StateStore, conversationId: string) {
    this.#store = store;
    this.#conversationId = conversationId;
    const kept = store.getState();
    this.#wrapsCode =
      typeof kept === 'object' && kept !== null && 'wrapsCode' in kept && kept.wrapsCode === true;
    this.#keep();
  }

  get wrapsCode(): boolean {
    return this.#wrapsCode;
  }

  set wrapsCode(wraps: boolean) {
    this.#wrapsCode = wraps;
    this.#keep();
  }

  #keep(): void {
    this.#store.setState({ conversationId: this.#conversationId, wrapsCode: this.#wrapsCode });
  }
}
