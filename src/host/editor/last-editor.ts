import * as vscode from 'vscode';

/**
 * The text editor that had the focus last: where "at the cursor" is while the panel has the focus.
 * Only editors among the tabs count, so neither the output nor an input box.
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
    if (editor !== undefined && isAmongTabs(editor)) this.#editor = editor;
  }
}

/** An editor within another, a notebook's cell or a side of a diff, has no column of its own. */
function isAmongTabs({ document: { uri }, viewColumn }: vscode.TextEditor): boolean {
  if (viewColumn !== undefined || uri.scheme === 'vscode-notebook-cell') return true;
  const shown = uri.toString();
  return vscode.window.tabGroups.all.some(({ activeTab }) => {
    const input = activeTab?.input;
    return (
      input instanceof vscode.TabInputTextDiff &&
      (input.modified.toString() === shown || input.original.toString() === shown)
    );
  });
}
