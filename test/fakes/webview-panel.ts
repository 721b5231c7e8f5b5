import { Emitter } from '../../src/core/emitter.ts';
import { isObject, isOneOf } from '../../src/core/guard.ts';

/** As much of a webview panel as the host uses, with what a user does to it. */
export class FakeWebviewPanel {
  title: string;
  #viewColumn: number | undefined;
  /** VS Code takes a new one for the active one, until it knows better. */
  #active = true;
  readonly visible = true;
  isOpen = true;
  readonly webview = new FakeWebview();
  readonly #changed = new Emitter<{ readonly webviewPanel: FakeWebviewPanel }>();
  readonly #disposed = new Emitter<void>();
  readonly onDidChangeViewState = this.#changed.event;
  readonly onDidDispose = this.#disposed.event;
  /** How often it was brought into view. */
  revealed = 0;
  /** The columns that it was moved to: a panel belongs to the user's place for it. */
  readonly revealedIn: number[] = [];

  constructor(title = '', viewColumn?: number) {
    this.title = title;
    this.#viewColumn = viewColumn;
  }

  get viewColumn(): number | undefined {
    this.#mustBeOpen();
    return this.#viewColumn;
  }

  set viewColumn(column: number) {
    this.#viewColumn = column;
  }

  get active(): boolean {
    this.#mustBeOpen();
    return this.#active;
  }

  /** The conversation that its page is about. */
  get conversationId(): string | undefined {
    return /data-conversation-id="([^"]*)"/.exec(this.webview.html)?.[1];
  }

  reveal(column?: number): void {
    this.#mustBeOpen();
    this.revealed++;
    if (column !== undefined) this.revealedIn.push(column);
  }

  /** The user goes to it, or away. */
  setActive(active: boolean): void {
    this.#active = active;
    this.#changed.fire({ webviewPanel: this });
  }

  /** Closes it, as its owner or the user does. */
  dispose(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#disposed.fire();
  }

  #mustBeOpen(): void {
    if (!this.isOpen) throw new Error('Webview is disposed');
  }
}

const isState = isObject({ type: isOneOf(['state']) });

class FakeWebview {
  html = '';
  options = {};
  readonly cspSource = 'fake:';
  readonly asWebviewUri = (uri: unknown): unknown => uri;
  /** The whole states that were posted to the page, oldest first. */
  readonly states: unknown[] = [];
  readonly postMessage = (message: unknown): Promise<boolean> => {
    if (isState(message)) this.states.push(message);
    return Promise.resolve(true);
  };
  /** As if the page had sent it. */
  receive: (message: unknown) => void = () => {};
  readonly onDidReceiveMessage = (listener: (message: unknown) => void): { dispose(): void } => {
    this.receive = listener;
    return { dispose: () => {} };
  };
}
