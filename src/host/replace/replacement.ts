import * as vscode from 'vscode';
import { applyLineEdits, type LineEdit, lineEdits } from '../../core/code/line-edits.ts';
import { type CodeSlot, reindent } from '../../core/code/reindent.ts';
import { streamedLines } from '../../core/code/streamed-lines.ts';
import { TrackedText } from '../../core/code/tracked-text.ts';
import { type EditResult, editShown, editUnshown } from '../code/edit-shown.ts';
import { slotOf, type Target } from './target-range.ts';

/** One hunk, at its place in the document and in the proposal. Lines count from 0. */
export interface Hunk {
  readonly edit: vscode.TextEdit;
  readonly lines: LineEdit;
  readonly before: LineEdit['before'];
  readonly after: LineEdit['after'];
}

/**
 * New code for a range of a document, as it grows and once it is whole. What is proposed and what
 * is left to accept follow from the document as it is now: nothing of either is kept.
 */
export class Replacement {
  readonly target: Target;
  readonly #slot: CodeSlot;
  readonly #tracked: TrackedText;
  #code = '';
  #isWhole = false;

  /** @param target its range is from `textRange` */
  constructor(target: Target) {
    const { document, range } = target;
    this.target = target;
    this.#slot = slotOf(target);
    this.#tracked = new TrackedText(document.getText(range), document.offsetAt(range.start));
  }

  /** The new code, with line feeds, at the indentation of the place; as far as it has come. */
  get code(): string {
    return this.#code === '' ? '' : reindent(this.#code, this.#slot);
  }

  /** Whether all of the new code is there. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Where the code stands now. */
  get range(): vscode.Range {
    const { document } = this.target;
    const { start, end } = this.#tracked.span;
    return new vscode.Range(document.positionAt(start), document.positionAt(end));
  }

  /** Whether what stands there is what Claude was asked about, but for hunks that were accepted. */
  get isUnchanged(): boolean {
    return this.#tracked.isKnown(this.target.document.getText(this.range));
  }

  /** The document as it would be, or is becoming. */
  get proposal(): string {
    const all = this.target.document.getText();
    const { start, end } = this.#tracked.span;
    const { code } = this;
    const there = withLineFeeds(all.slice(start, end));
    const instead = this.#isWhole ? code : streamedLines(there, code);
    return all.slice(0, start) + this.#withLineEnds(instead) + all.slice(end);
  }

  /** What is left to accept, in order. */
  get hunks(): readonly Hunk[] {
    const { start } = this.range;
    return lineEdits(this.#there, this.code).map((lines) => {
      const { before, after, text } = lines;
      const place = ({ line, character }: LineEdit['start']): vscode.Position =>
        start.translate(line).with({ character: character + (line === 0 ? start.character : 0) });
      const range = new vscode.Range(place(lines.start), place(lines.end));
      return {
        edit: new vscode.TextEdit(range, this.#withLineEnds(text)),
        lines,
        before: { from: start.line + before.from, to: start.line + before.to },
        after: { from: start.line + after.from, to: start.line + after.to },
      };
    });
  }

  /** @param code follows what was written before */
  write(code: string): void {
    this.#code += code;
  }

  finish(): void {
    this.#isWhole = true;
  }

  follow({ contentChanges }: vscode.TextDocumentChangeEvent): void {
    const { document } = this.target;
    const edits = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      at: rangeOffset,
      removed: rangeLength,
      added: text.length,
      text,
    }));
    this.#tracked.follow(document.getText(), edits);
  }

  /**
   * Makes these edits as one step to undo.
   * @param editor of the document: what is read-only there isn't written. Undefined where none shows it
   */
  async apply(hunks: readonly Hunk[], editor: vscode.TextEditor | undefined): Promise<EditResult> {
    const text = applyLineEdits(
      this.#there,
      hunks.map(({ lines }) => lines),
    );
    this.#tracked.expect(this.#withLineEnds(text));
    const edits = hunks.map((hunk) => hunk.edit);
    return editor === undefined
      ? editUnshown(this.target.document, edits)
      : editShown(editor, edits);
  }

  /** What stands there now, with line feeds. */
  get #there(): string {
    return withLineFeeds(this.target.document.getText(this.range));
  }

  #withLineEnds(text: string): string {
    const isCrlf = this.target.document.eol === vscode.EndOfLine.CRLF;
    return isCrlf ? text.replaceAll('\n', '\r\n') : text;
  }
}

function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
