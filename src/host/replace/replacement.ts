import * as vscode from 'vscode';
import { type CodeSlot, reindent } from '../../core/code/indentation.ts';
import {
  applyLineEdits,
  computeLineEdits,
  type LineEdit,
  overlayStreamedLines,
} from '../../core/code/line-edits.ts';
import { TrackedText } from '../../core/code/tracked-text.ts';
import {
  detectIndentation,
  type EditResult,
  editDocument,
  editInEditor,
} from '../editor/edit-document.ts';

/** What is to be replaced. */
export interface Target {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  /** The column that the document was shown in. */
  readonly column: vscode.ViewColumn | undefined;
}

/**
 * The range without the blank space around its text, but with the indentation of its first line, so
 * that code has the same shape for the model, in the diff and in the file. Null where it holds no
 * text.
 */
export function trimToText(
  document: vscode.TextDocument,
  selection: vscode.Range,
): vscode.Range | null {
  const text = document.getText(selection);
  if (text.trim() === '') return null;
  const from = document.offsetAt(selection.start);
  const first = document.positionAt(from + text.length - text.trimStart().length);
  const end = document.positionAt(from + text.trimEnd().length);
  const { firstNonWhitespaceCharacterIndex } = document.lineAt(first.line);
  const isWholeLines = firstNonWhitespaceCharacterIndex === first.character;
  return new vscode.Range(isWholeLines ? first.with({ character: 0 }) : first, end);
}

/** @param range from `trimToText` */
function codeSlot({ document, range }: Target): CodeSlot {
  const line = document.lineAt(range.start.line);
  const leading = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  return {
    leading,
    isWholeLines: range.start.character === 0,
    indentation: detectIndentation(document, leading),
  };
}

/** What is selected in the editor; null where that is no text. */
export function targetFromEditor(editor: vscode.TextEditor | undefined): Target | null {
  if (editor === undefined || editor.document.isClosed) return null;
  return targetFromRange({ document: editor.document, range: editor.selection }, editor.viewColumn);
}

/** The text at a place; null where there is none. */
export function targetFromRange(
  { document, range: place }: Omit<Target, 'column'>,
  column: vscode.ViewColumn | undefined,
): Target | null {
  const range = trimToText(document, place);
  return range === null ? null : { document, range, column };
}

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
  #isComplete = false;

  /** @param target its range is from `trimToText` */
  constructor(target: Target) {
    const { document, range } = target;
    this.target = target;
    this.#slot = codeSlot(target);
    this.#tracked = new TrackedText(document.getText(range), document.offsetAt(range.start));
  }

  /** The new code, with line feeds, at the indentation of the place; as far as it has come. */
  get code(): string {
    return this.#code === '' ? '' : reindent(this.#code, this.#slot);
  }

  /** Whether all of the new code is there. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Where the code stands now. */
  get range(): vscode.Range {
    const { document } = this.target;
    const { start, end } = this.#tracked.span;
    return new vscode.Range(document.positionAt(start), document.positionAt(end));
  }

  /** Whether what stands there is what Claude was asked about, but for hunks that were accepted. */
  get isUnchanged(): boolean {
    return this.#tracked.isExpected(this.target.document.getText(this.range));
  }

  /** The document as it would be, or is becoming. */
  get proposal(): string {
    const all = this.target.document.getText();
    const { start, end } = this.#tracked.span;
    const { code } = this;
    const there = withLineFeeds(all.slice(start, end));
    const instead = this.#isComplete ? code : overlayStreamedLines(there, code);
    return all.slice(0, start) + this.#withLineEnds(instead) + all.slice(end);
  }

  /** What is left to accept, in order. */
  get hunks(): readonly Hunk[] {
    const { start } = this.range;
    return computeLineEdits(this.#currentText, this.code).map((lines) => {
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

  /** @param code instead of all that was written before */
  rewrite(code: string): void {
    this.#code = code;
  }

  finish(): void {
    this.#isComplete = true;
  }

  follow({ contentChanges }: vscode.TextDocumentChangeEvent): void {
    const { document } = this.target;
    const edits = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      at: rangeOffset,
      removed: rangeLength,
      added: text.length,
      text,
    }));
    this.#tracked.applyChanges(document.getText(), edits);
  }

  /**
   * Makes these edits as one step to undo.
   * @param editor of the document: what is read-only there isn't written. Undefined where none shows it
   */
  async apply(hunks: readonly Hunk[], editor: vscode.TextEditor | undefined): Promise<EditResult> {
    const text = applyLineEdits(
      this.#currentText,
      hunks.map(({ lines }) => lines),
    );
    this.#tracked.addExpected(this.#withLineEnds(text));
    const edits = hunks.map((hunk) => hunk.edit);
    return editor === undefined
      ? editDocument(this.target.document, edits)
      : editInEditor(editor, edits);
  }

  /** What stands there now, with line feeds. */
  get #currentText(): string {
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
