import * as vscode from 'vscode';

/** A notification that was shown instead of VS Code's own: the extension's `vscode` is the tests'. */
export interface Shown {
  readonly message: string;
  readonly buttons: readonly string[];
  press(button: string): void;
}

const kinds = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

/** Takes VS Code's notifications over until it is disposed of. */
export class Notifications implements vscode.Disposable {
  readonly #shown: Shown[] = [];
  readonly #waiting: ((shown: Shown) => void)[] = [];
  readonly #real = kinds.map((kind) => [kind, vscode.window[kind]] as const);

  constructor() {
    for (const kind of kinds) {
      const value = (message: string, ...rest: readonly unknown[]): Promise<string | undefined> =>
        new Promise((press) => {
          const buttons = rest.filter((button) => typeof button === 'string');
          this.#show({ message, buttons, press });
        });
      Object.defineProperty(vscode.window, kind, { value, configurable: true });
    }
  }

  /** The oldest that wasn't taken yet, or the next. */
  next(): Promise<Shown> {
    const shown = this.#shown.shift();
    if (shown !== undefined) return Promise.resolve(shown);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Whether all were taken. */
  get isEmpty(): boolean {
    return this.#shown.length === 0;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  dispose(): void {
    for (const [kind, value] of this.#real) {
      Object.defineProperty(vscode.window, kind, { value, configurable: true });
    }
  }

  #show(shown: Shown): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#shown.push(shown);
    else waiting(shown);
  }
}
