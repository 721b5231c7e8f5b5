import * as vscode from 'vscode';
import { sourceView } from '../../core/panel/turn-view.ts';
import { findSpan, linesOf, moveSpan, offsetOfLine, type Span } from '../../core/prompt/anchor.ts';
import type { SelectionAttachment } from '../../core/prompt/attachment.ts';
import type { SourceView } from '../../core/protocol.ts';

/** One attached selection and where it stands now. */
export class Anchor {
  readonly uri: string;
  readonly #attachment: SelectionAttachment;
  /** Null until its document was seen. */
  #span: Span | null = null;
  #shown: SourceView;
  /** What ends a line in the document as it was seen last. */
  #eol: vscode.EndOfLine | null = null;

  /** @param uri the attachment's */
  constructor(attachment: SelectionAttachment, uri: string) {
    this.uri = uri;
    this.#attachment = attachment;
    this.#shown = sourceView(attachment, vscode.l10n);
  }

  get file(): string {
    return this.#attachment.file;
  }

  get shown(): SourceView {
    return this.#shown;
  }

  get openDocument(): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === this.uri);
  }

  /** Null where there is no such document any more. */
  async open(): Promise<vscode.TextDocument | null> {
    const { openDocument } = this;
    if (openDocument !== undefined) return openDocument;
    const uri = vscode.Uri.parse(this.uri, true);
    // Opening one that was never saved would make a new one; a cell is there while its notebook is
    // open.
    if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return null;
    try {
      return await vscode.workspace.openTextDocument(uri);
    } catch {
      return null;
    }
  }

  /** Whether the ends of all lines are others now: a change that no edit tells. */
  hasOtherLineEnds({ eol }: vscode.TextDocument): boolean {
    return this.#eol !== eol;
  }

  /** Looks for the text in a document that may have changed out of sight. */
  locate(document: vscode.TextDocument): void {
    const text = document.getText();
    const { lines } = this.#attachment;
    const start = this.#span?.start ?? offsetOfLine(text, lines.from);
    const there = { start, end: Math.min(text.length, offsetOfLine(text, lines.to + 1)) };
    this.#settle(document, this.#span ?? there, true);
  }

  /** Follows changes that were made to the document just now. */
  follow(
    document: vscode.TextDocument,
    changes: readonly vscode.TextDocumentContentChangeEvent[],
  ): void {
    if (this.#span === null) return;
    let span = this.#span;
    // Each is told by where it was before any of them: from the end on none moves another.
    for (const change of changes.toSorted((a, b) => b.rangeOffset - a.rangeOffset)) {
      const { rangeOffset: at, rangeLength: removed, text } = change;
      span = moveSpan(span, { at, removed, added: text.length });
    }
    // The same text may stand elsewhere by chance: it is looked for only where it was put in.
    const wanted = this.#textIn(document);
    this.#settle(
      document,
      span,
      changes.some(({ text }) => text.includes(wanted)),
    );
  }

  range(document: vscode.TextDocument): vscode.Range {
    const { start, end } = this.#span ?? { start: 0, end: 0 };
    return new vscode.Range(document.positionAt(start), document.positionAt(end));
  }

  /**
   * What was asked about, with the line ends of the document: which ones those are isn't its
   * matter.
   */
  #textIn({ eol }: vscode.TextDocument): string {
    const end = eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    return this.#attachment.text.replaceAll(/\r?\n/g, end);
  }

  /** @param mayBeElsewhere whether the text is to be looked for, where it isn't at the span */
  #settle(document: vscode.TextDocument, span: Span, mayBeElsewhere: boolean): void {
    const whole = document.getText();
    const text = this.#textIn(document);
    const isThere = whole.slice(span.start, span.end) === text;
    const elsewhere = isThere || !mayBeElsewhere ? null : findSpan(whole, text, span.start);
    const found = isThere ? span : elsewhere;
    this.#eol = document.eol;
    this.#span = found ?? span;
    const lines = linesOf(whole, this.#span);
    this.#shown = {
      ...sourceView({ ...this.#attachment, lines }, vscode.l10n),
      stale: found === null,
    };
  }
}
