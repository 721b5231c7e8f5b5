import * as vscode from 'vscode';
import {
  findSpan,
  getLineOffset,
  getLineRange,
  moveSpan,
  type Span,
} from '../../core/code/tracked-text.ts';
import type { Conversation, Turn } from '../../core/conversation/conversation.ts';
import { toSourceView } from '../../core/conversation/turn-view.ts';
import { joinSubscriptions, type Subscription } from '../../core/emitter.ts';
import type { Attachment, SelectionAttachment } from '../../core/prompt/attachment.ts';
import type { SourceView, ToWebview } from '../../core/protocol/to-webview.ts';
import { revealRange } from './show-document.ts';

/** One attached selection and where it stands now. */
export class TrackedSource {
  readonly uri: string;
  readonly #attachment: SelectionAttachment;
  /** Null until its document was seen. */
  #span: Span | null = null;
  #view: SourceView;
  /** What ends a line in the document as it was seen last. */
  #eol: vscode.EndOfLine | null = null;

  /** @param uri the attachment's */
  constructor(attachment: SelectionAttachment, uri: string) {
    this.uri = uri;
    this.#attachment = attachment;
    this.#view = toSourceView(attachment, vscode.l10n);
  }

  get file(): string {
    return this.#attachment.file;
  }

  get view(): SourceView {
    return this.#view;
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
  hasDifferentEol({ eol }: vscode.TextDocument): boolean {
    return this.#eol !== eol;
  }

  /** Looks for the text in a document that may have changed out of sight. */
  locate(document: vscode.TextDocument): void {
    const text = document.getText();
    const { lines } = this.#attachment;
    const start = this.#span?.start ?? getLineOffset(text, lines.from);
    const there = { start, end: Math.min(text.length, getLineOffset(text, lines.to + 1)) };
    this.#updateSpan(document, this.#span ?? there, true);
  }

  /** Follows changes that were made to the document just now. */
  applyChanges(
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
    const wanted = this.#textWithEol(document);
    this.#updateSpan(
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
  #textWithEol({ eol }: vscode.TextDocument): string {
    const end = eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    return this.#attachment.text.replaceAll(/\r?\n/g, end);
  }

  /** @param mayBeElsewhere whether the text is to be looked for, where it isn't at the span */
  #updateSpan(document: vscode.TextDocument, span: Span, mayBeElsewhere: boolean): void {
    const whole = document.getText();
    const text = this.#textWithEol(document);
    const isThere = whole.slice(span.start, span.end) === text;
    const elsewhere = isThere || !mayBeElsewhere ? null : findSpan(whole, text, span.start);
    const found = isThere ? span : elsewhere;
    this.#eol = document.eol;
    this.#span = found ?? span;
    const lines = getLineRange(whole, this.#span);
    this.#view = {
      ...toSourceView({ ...this.#attachment, lines }, vscode.l10n),
      stale: found === null,
    };
  }
}

export interface SourceLocation {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

/** Follows what was asked about through the edits of its documents, for the turns in view. */
export class SourceTracker implements vscode.Disposable {
  readonly #conversation: Conversation;
  readonly #post: (message: ToWebview) => void;
  readonly #subscriptions: Subscription;
  readonly #sources = new Map<Attachment, TrackedSource>();

  constructor(conversation: Conversation, post: (message: ToWebview) => void) {
    this.#conversation = conversation;
    this.#post = post;
    this.#subscriptions = joinSubscriptions(
      conversation.onDidAdd((turn) => this.#track(turn)),
      conversation.onDidSwitch(() => this.postAll()),
      vscode.workspace.onDidOpenTextDocument((document) => this.#onOpened(document)),
      vscode.workspace.onDidChangeTextDocument((change) => this.#onChanged(change)),
    );
    for (const turn of conversation.turns) this.#track(turn);
  }

  /** Tells the webview, which has what was asked about as it was then. */
  postAll(): void {
    for (const turn of this.#conversation.branch) this.#postSources(turn);
  }

  /** Shows in an editor what was asked about. @param index among the turn's attachments */
  async openSource(turn: Turn, index: number, column: vscode.ViewColumn): Promise<void> {
    const attachment = turn.attachments[index];
    const anchor = attachment === undefined ? undefined : this.#sources.get(attachment);
    if (anchor === undefined) return;
    const document = await anchor.open();
    if (document === null) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} can’t be opened: it may have been moved or deleted.', anchor.file),
      );
      return;
    }
    this.#onOpened(document);
    await revealRange(document, anchor.range(document), column);
  }

  /** Where the selection stands that was asked about last; null where it is another text by now. */
  async locateSource(turn: Turn): Promise<SourceLocation | null> {
    const latest = [...this.#conversation.turnsBefore(turn), turn].findLast(({ attachments }) =>
      attachments.some((attachment) => this.#sources.has(attachment)),
    );
    for (const attachment of latest?.attachments ?? []) {
      const anchor = this.#sources.get(attachment);
      const document = await anchor?.open();
      if (anchor === undefined || document === undefined || document === null) continue;
      this.#onOpened(document);
      if (!anchor.view.stale) return { document, range: anchor.range(document) };
    }
    return null;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #track(turn: Turn): void {
    for (const attachment of turn.attachments) {
      if (attachment.kind !== 'selection' || attachment.uri === undefined) continue;
      const anchor = new TrackedSource(attachment, attachment.uri);
      this.#sources.set(attachment, anchor);
      const document = anchor.openDocument;
      if (document !== undefined) anchor.locate(document);
    }
    this.#postSources(turn);
  }

  #onOpened(document: vscode.TextDocument): void {
    this.#update(document, (anchor) => anchor.locate(document));
  }

  #onChanged({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    this.#update(document, (anchor) => {
      if (anchor.hasDifferentEol(document)) anchor.locate(document);
      else if (contentChanges.length > 0) anchor.applyChanges(document, contentChanges);
    });
  }

  #update(document: vscode.TextDocument, change: (anchor: TrackedSource) => void): void {
    const uri = document.uri.toString();
    const before = new Map<TrackedSource, string>();
    for (const anchor of this.#sources.values()) {
      if (anchor.uri !== uri) continue;
      before.set(anchor, JSON.stringify(anchor.view));
      change(anchor);
    }
    for (const turn of this.#conversation.branch) {
      const hasChanged = turn.attachments.some((attachment) => {
        const anchor = this.#sources.get(attachment);
        const shown = anchor === undefined ? undefined : before.get(anchor);
        return shown !== undefined && shown !== JSON.stringify(anchor?.view);
      });
      if (hasChanged) this.#postSources(turn);
    }
  }

  #postSources({ attachments, reply }: Turn): void {
    const sources = attachments.map((attachment) => {
      const anchor = this.#sources.get(attachment);
      return anchor === undefined ? toSourceView(attachment, vscode.l10n) : anchor.view;
    });
    if (this.#sources.size > 0) this.#post({ type: 'sources', replyId: reply.id, sources });
  }
}
