import * as vscode from 'vscode';
import type { InsertionPoint } from './insertion-point.ts';

/** The least time between two edits, in milliseconds: a round trip to the editor is about 20. */
const editIntervalMs = 50;

/**
 * Writes text at a point of a document as it comes. At most one edit is in flight; whatever arrives
 * meanwhile goes with the next one. All of it is one undo step.
 */
export class DocumentWriter implements vscode.Disposable {
  readonly #point: InsertionPoint;
  readonly #subscription: vscode.Disposable;
  readonly #done: Promise<void>;
  #pending = '';
  #started = false;
  #finishing = false;
  #disposed = false;
  #wake: (() => void) | undefined;

  /** @param point stays the caller's, and is behind what was written in the end */
  constructor(point: InsertionPoint) {
    this.#point = point;
    this.#subscription = vscode.window.onDidChangeVisibleTextEditors(() => this.#wake?.());
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
    this.#subscription.dispose();
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
      const written = await this.#point.insert(text, () => this.#insert(text));
      if (!written) this.#pending = text + this.#pending;
      if (!written || !this.#finishing) await pause(editIntervalMs);
    }
  }

  /** Text for a document that no editor shows waits until one does, or until the end. */
  #hasWork(): boolean {
    if (this.#disposed || this.#finishing) return true;
    return this.#pending !== '' && editorOf(this.#point.document) !== undefined;
  }

  async #insert(text: string): Promise<boolean> {
    const { document, position } = this.#point;
    const editor = editorOf(document);
    if (editor === undefined) return insertHidden(document, position, text);
    try {
      const { selections } = editor;
      const written = await editor.edit((edit) => edit.insert(position, text), {
        undoStopBefore: !this.#started,
        undoStopAfter: false,
      });
      this.#started ||= written;
      // An insertion pushes along a cursor that stands where it is made: back with it.
      if (written && selections.some(({ active }) => active.isEqual(position))) {
        editor.selections = selections;
      }
      return written;
    } catch {
      // The editor was closed meanwhile.
      return false;
    }
  }
}

/** Reaches documents without an editor, at the price of an undo step of its own. */
function insertHidden(
  document: vscode.TextDocument,
  position: vscode.Position,
  text: string,
): Thenable<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, position, text);
  return vscode.workspace.applyEdit(edit);
}

function editorOf(document: vscode.TextDocument): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find((editor) => editor.document === document);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
