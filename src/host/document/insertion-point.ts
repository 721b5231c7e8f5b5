import * as vscode from 'vscode';
import { findUnsavedText } from '../../core/code/tracked-text.ts';
import { Emitter } from '../../core/emitter.ts';

/** A place in a document that stays behind the text inserted at it, whatever else is edited. */
export class InsertionPoint implements vscode.Disposable {
  #document: vscode.TextDocument;
  readonly #subscription: vscode.Disposable;
  readonly #undone = new Emitter<void>();
  #offset: number;
  /** Where the text begins that is being written, or was written last. */
  #start: number;
  #hasOtherEdits = false;
  #isSaving = false;
  /** The text that is being inserted, until it is in the document. */
  #inFlight: string | null = null;
  /** Whether what is being inserted goes into a document that is done with. */
  #isLost = false;

  /** Fires when an undo has removed the end of what was written since `begin`. */
  readonly onDidUndo = this.#undone.event;

  /** @param offset in UTF-16 code units; the start where it is left out */
  constructor(document: vscode.TextDocument, offset = 0) {
    this.#document = document;
    this.#offset = offset;
    this.#start = offset;
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === this.#document) this.#follow(event);
      }),
      vscode.workspace.onWillSaveTextDocument(({ document }) => {
        if (document === this.#document) this.#isSaving = true;
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document === this.#document) this.#isSaving = false;
      }),
    );
  }

  /** What is written from now on is undone as a whole. */
  begin(): void {
    this.#start = this.#offset;
    this.#hasOtherEdits = false;
  }

  /** How much is left of what was written since `begin`, in UTF-16 code units. */
  get writtenLength(): number {
    return this.#offset - this.#start;
  }

  /** Whether the document was edited otherwise since `begin`, unless by saving it. */
  get hasOtherEdits(): boolean {
    return this.#hasOtherEdits;
  }

  get document(): vscode.TextDocument {
    return this.#document;
  }

  get position(): vscode.Position {
    return this.document.positionAt(this.#offset);
  }

  /** Whether it is `text` that ends here. */
  isPrecededBy(text: string): boolean {
    return sameLines(this.document.getText(this.rangeBefore(text)), text);
  }

  /** The range of a text that ends here. */
  rangeBefore(text: string): vscode.Range {
    const ends = this.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    const { length } = text.replaceAll('\n', ends);
    const from = this.document.positionAt(Math.max(0, this.#offset - length));
    return new vscode.Range(from, this.position);
  }

  /** @param edit inserts the text here; false where it couldn't */
  async insert(text: string, edit: () => Thenable<boolean>): Promise<boolean> {
    this.#inFlight = text;
    this.#isLost = false;
    try {
      return (await edit()) && !this.#isLost;
    } finally {
      this.#inFlight = null;
    }
  }

  /**
   * Goes over to a document that was saved from this one a moment ago. Gives what it lacks of the
   * text that was inserted here; null where it is another document.
   */
  moveTo(saved: vscode.TextDocument): string | null {
    const missing = findUnsavedText(saved.getText(), this.#document.getText(), this.#offset);
    if (missing === null) return null;
    this.#document = saved;
    this.#offset -= missing.length;
    this.#isLost = this.#inFlight !== null;
    return missing.replaceAll('\r\n', '\n');
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #follow({ contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const isUndo = reason === vscode.TextDocumentChangeReason.Undo;
    let moved = 0;
    let startMoved = 0;
    let isTakenBack = false;
    for (const { rangeOffset, rangeLength, text } of contentChanges) {
      const isOurs =
        this.#inFlight !== null &&
        rangeOffset === this.#offset &&
        rangeLength === 0 &&
        sameLines(text, this.#inFlight);
      const end = rangeOffset + rangeLength;
      isTakenBack ||= isUndo && text === '' && rangeOffset < this.#offset && end >= this.#offset;
      if (!isOurs && reason === undefined && !this.#isSaving) this.#hasOtherEdits = true;
      if (!isOurs && end <= this.#start) startMoved += text.length - rangeLength;
      else if (rangeOffset < this.#start) startMoved += rangeOffset - this.#start;
      // What the user types right behind the reply stays behind it.
      if (isOurs) this.#inFlight = null;
      if (isOurs || end < this.#offset || (end === this.#offset && rangeLength > 0)) {
        moved += text.length - rangeLength;
      } else if (rangeOffset < this.#offset) {
        // The user's edit takes the end of the reply with it: go on where it began.
        moved += rangeOffset - this.#offset;
      }
    }
    this.#offset += moved;
    this.#start = Math.min(this.#start + startMoved, this.#offset);
    if (isTakenBack) this.#undone.fire();
  }
}

/** The editor writes its own line ends. */
function sameLines(a: string, b: string): boolean {
  return a === b || a.replace(/\r\n?/g, '\n') === b.replace(/\r\n?/g, '\n');
}
