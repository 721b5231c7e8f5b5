import * as vscode from 'vscode';

/**
 * The text editor that had the focus last: where "at the cursor" is while the panel has the focus.
 * Only editors in a column count, so neither the output nor an input box.
 */
export class LastEditor implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  #editor: vscode.TextEditor | undefined;

  constructor() {
    this.#remember(vscode.window.activeTextEditor);
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) =>
      this.#remember(editor),
    );
  }

  /** It may have been closed since. */
  get current(): vscode.TextEditor | undefined {
    return this.#editor;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #remember(editor: vscode.TextEditor | undefined): void {
    if (editor?.viewColumn !== undefined) this.#editor = editor;
  }
}
