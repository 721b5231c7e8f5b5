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
  readonly #done: Promise<void>;
  #pending = '';
  /** Where the next text belongs: right after the last one. */
  #offset = 0;
  #inFlight: string | null = null;
  #started = false;
  #finishing = false;
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
    this.#done = this.#run();
  }

  write(text: string): void {
    this.#pending += text;
    this.#wake?.();
  }

  /** Resolves when all is written, also into a document that no editor shows now. */
  finish(): Promise<void> {
    this.#finishing = true;
    this.#wake?.();
    return this.#done;
  }

  dispose(): void {
    this.#disposed = true;
    this.#wake?.();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #run(): Promise<void> {
    for (;;) {
      while (!this.#hasWork()) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      if (this.#disposed || this.#pending === '') return;
      const text = this.#pending;
      this.#pending = '';
      const editor = this.#editor();
      const written =
        editor === undefined ? await this.#writeHidden(text) : await this.#edit(editor, text);
      if (!written) this.#pending = text + this.#pending;
      if (!written || !this.#finishing) await pause(editIntervalMs);
    }
  }

  /** Text for a document that no editor shows waits until one does, or until the end. */
  #hasWork(): boolean {
    if (this.#disposed || this.#finishing) return true;
    return this.#pending !== '' && this.#editor() !== undefined;
  }

  async #edit(editor: vscode.TextEditor, text: string): Promise<boolean> {
    this.#inFlight = text;
    try {
      const at = this.#document.positionAt(this.#offset);
      const { selections } = editor;
      const written = await editor.edit((edit) => edit.insert(at, text), {
        undoStopBefore: !this.#started,
        undoStopAfter: false,
      });
      this.#started ||= written;
      // An insertion pushes along a cursor that stands where it is made: back with it.
      if (written && selections.some(({ active }) => active.isEqual(at))) {
        editor.selections = selections;
      }
      return written;
    } catch {
      // The editor was closed meanwhile.
      return false;
    } finally {
      this.#inFlight = null;
    }
  }

  /** Reaches documents without an editor, at the price of an undo step of its own. */
  async #writeHidden(text: string): Promise<boolean> {
    this.#inFlight = text;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(this.#document.uri, this.#document.positionAt(this.#offset), text);
    const written = await vscode.workspace.applyEdit(edit);
    this.#inFlight = null;
    return written;
  }

  #editor(): vscode.TextEditor | undefined {
    return vscode.window.visibleTextEditors.find(({ document }) => document === this.#document);
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

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The editor writes its own line ends. */
function sameLines(a: string, b: string): boolean {
  return a === b || a.replace(/\r\n?/g, '\n') === b.replace(/\r\n?/g, '\n');
}
