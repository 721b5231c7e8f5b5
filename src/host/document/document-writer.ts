import * as vscode from 'vscode';
import { editDocument, editInEditor } from '../editor/edit-document.ts';
import type { InsertionPoint } from './insertion-point.ts';

/** The least time between two edits, in milliseconds: a reader sees no more. */
const minPauseMs = 50;
/** The most, where the editor is slow. */
const maxPauseMs = 500;
/** Between two edits the editor is left alone for so many times as long as an edit takes. */
const pausePerEdit = 2;
/** In the end an edit that is refused so often is given up: the document is read-only. */
const maxRefusals = 20;

/**
 * Writes text at a point of a document as it comes. At most one edit is in flight; whatever arrives
 * meanwhile goes with the next one, which waits longer the longer the last one took. All of it is
 * one undo step.
 */
export class DocumentWriter implements vscode.Disposable {
  readonly #point: InsertionPoint;
  readonly #subscription: vscode.Disposable;
  readonly #done: Promise<void>;
  #pending = '';
  /** What is missing before the edit that is in flight. */
  #missing = '';
  #started = false;
  #finishing = false;
  #disposed = false;
  /** How often the same text was refused. */
  #refusals = 0;
  #wake: (() => void) | undefined;
  /** Ends a pause. */
  #endPause: (() => void) | undefined;

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

  /** The point has gone over to another document, which lacks this of what was written. */
  writeAgain(missing: string): void {
    this.#missing = missing;
    this.#started = false;
    this.#wake?.();
  }

  /**
   * Resolves when all is written, also into a document that no editor shows now; with what could
   * not be written, where the document is read-only.
   */
  async finish(): Promise<string> {
    this.#finishing = true;
    this.#wake?.();
    this.#endPause?.();
    await this.#done;
    return this.#disposed ? '' : this.#pending;
  }

  dispose(): void {
    this.#disposed = true;
    this.#wake?.();
    this.#endPause?.();
    this.#subscription.dispose();
  }

  async #run(): Promise<void> {
    for (;;) {
      while (!this.#hasWork()) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      const text = this.#missing + this.#pending;
      if (this.#disposed || text === '') return;
      this.#missing = '';
      this.#pending = '';
      const start = performance.now();
      const isWritten = await this.#point.insert(text, () => this.#insert(text));
      const tookMs = performance.now() - start;
      if (!isWritten) this.#pending = this.#missing + text + this.#pending;
      if (!isWritten) this.#missing = '';
      this.#refusals = isWritten ? 0 : this.#refusals + 1;
      if (this.#finishing && this.#refusals >= maxRefusals) return;
      if (!isWritten || !this.#finishing) await this.#pause(tookMs * pausePerEdit);
    }
  }

  /** Text for a document that no editor shows waits until one does, or until the end. */
  #hasWork(): boolean {
    if (this.#disposed || this.#finishing) return true;
    const isWaiting = this.#missing + this.#pending !== '';
    return isWaiting && visibleEditorsFor(this.#point.document).length > 0;
  }

  async #insert(text: string): Promise<boolean> {
    const { document, position } = this.#point;
    const editors = visibleEditorsFor(document);
    // One that refuses may be the read-only side of a diff: the next one may not.
    const editor = editors[this.#refusals % editors.length];
    if (editor === undefined) return insertWithoutEditor(document, position, text);
    const cursors = editors
      .filter(({ selections }) => selections.some(({ active }) => active.isEqual(position)))
      .map((each) => [each, each.selections] as const);
    try {
      const result = await editInEditor(editor, [vscode.TextEdit.insert(position, text)], {
        undoStopBefore: !this.#started,
        undoStopAfter: false,
      });
      const isWritten = result === 'applied';
      this.#started ||= isWritten;
      // An insertion pushes along a cursor that stands where it is made: back with it.
      if (isWritten) for (const [each, selections] of cursors) each.selections = selections;
      return isWritten;
    } catch {
      // The editor was closed meanwhile.
      return false;
    }
  }

  /** Ends early when nothing more comes. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(maxPauseMs, Math.max(minPauseMs, ms)));
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Reaches documents without an editor, at the price of an undo step of its own. */
async function insertWithoutEditor(
  document: vscode.TextDocument,
  position: vscode.Position,
  text: string,
): Promise<boolean> {
  return (await editDocument(document, [vscode.TextEdit.insert(position, text)])) === 'applied';
}

function visibleEditorsFor(document: vscode.TextDocument): readonly vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
}
