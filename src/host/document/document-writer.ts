import * as vscode from 'vscode';

/** The least time between two edits, in milliseconds: a round trip to the editor is about 20. */
const editIntervalMs = 50;

/**
 * Appends text to a place in a document that moves with the user's own edits. At most one edit is
 * in flight; whatever arrives meanwhile goes with the next one. All of it is one undo step.
 */
export class DocumentWriter implements vscode.Disposable {
  readonly #document: vscode.TextDocument;
  readonly #subscriptions: readonly vscode.Disposable[];
  #pending = '';
  /** Where the next text belongs: right after the last one. */
  #offset = 0;
  #inFlight: string | null = null;
  #started = false;
  #pumping: Promise<void> | null = null;
  #disposed = false;
  #wake: (() => void) | undefined;

  constructor(document: vscode.TextDocument) {
    this.#document = document;
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === document) this.#follow(event.contentChanges);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#wake?.()),
    ];
  }

  write(text: string): void {
    this.#pending += text;
    this.#pumping ??= this.#pump();
  }

  /** Waits until all is written, also into a document that no editor shows now. */
  async finish(): Promise<void> {
    while (this.#pending !== '' && !this.#disposed) {
      if (this.#editor() === undefined) await this.#writeHidden();
      else await (this.#pumping ?? this.#pump());
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#wake?.();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #pump(): Promise<void> {
    while (this.#pending !== '' && !this.#disposed) {
      const editor = this.#editor();
      // No editor shows the document: the text waits until one does, or until the end.
      if (editor === undefined) break;
      const text = this.#take();
      const written = await this.#edit(editor, text);
      if (!written) this.#pending = text + this.#pending;
      await this.#pause();
    }
    this.#pumping = null;
    if (this.#pending !== '' && !this.#disposed) this.#pumpWhenShown();
  }

  #pumpWhenShown(): void {
    this.#wake = () => {
      this.#wake = undefined;
      if (!this.#disposed) this.#pumping ??= this.#pump();
    };
  }

  async #edit(editor: vscode.TextEditor, text: string): Promise<boolean> {
    this.#inFlight = text;
    try {
      const at = this.#document.positionAt(this.#offset);
      // `replace` of nothing, not `insert`: an insert would push along a cursor that stands here.
      const written = await editor.edit((edit) => edit.replace(new vscode.Range(at, at), text), {
        undoStopBefore: !this.#started,
        undoStopAfter: false,
      });
      this.#started ||= written;
      return written;
    } catch {
      // The editor was closed meanwhile.
      return false;
    } finally {
      this.#inFlight = null;
    }
  }

  async #writeHidden(): Promise<void> {
    const text = this.#take();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(this.#document.uri, this.#document.positionAt(this.#offset), text);
    this.#inFlight = text;
    await vscode.workspace.applyEdit(edit);
    this.#inFlight = null;
  }

  #take(): string {
    const text = this.#pending;
    this.#pending = '';
    return text;
  }

  #editor(): vscode.TextEditor | undefined {
    return vscode.window.visibleTextEditors.find(({ document }) => document === this.#document);
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, editIntervalMs));
  }

  #follow(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    let moved = 0;
    for (const { rangeOffset, rangeLength, text } of changes) {
      const isOurs =
        this.#inFlight !== null &&
        rangeOffset === this.#offset &&
        rangeLength === 0 &&
        sameLines(text, this.#inFlight);
      const end = rangeOffset + rangeLength;
      // What the user types right behind the reply stays behind it.
      if (isOurs || end < this.#offset || (end === this.#offset && rangeLength > 0)) {
        moved += text.length - rangeLength;
      } else if (rangeOffset < this.#offset) {
        // The user's edit takes the end of the reply with it: go on where it began.
        moved += rangeOffset - this.#offset;
      }
    }
    this.#offset += moved;
  }
}

/** The editor writes its own line ends. */
function sameLines(a: string, b: string): boolean {
  return a === b || a.replace(/\r\n?/g, '\n') === b.replace(/\r\n?/g, '\n');
}
