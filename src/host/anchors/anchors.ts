import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import { joinSubscriptions, type Subscription } from '../../core/emitter.ts';
import { sourceView } from '../../core/panel/turn-view.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { ToWebview } from '../../core/protocol.ts';
import { Anchor } from './anchor.ts';
import { showPlace } from './show-place.ts';

export interface AnchoredPlace {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

/** Follows what was asked about through the edits of its documents, for the turns in view. */
export class Anchors implements vscode.Disposable {
  readonly #conversation: Conversation;
  readonly #post: (message: ToWebview) => void;
  readonly #subscriptions: Subscription;
  readonly #anchors = new Map<Attachment, Anchor>();

  constructor(conversation: Conversation, post: (message: ToWebview) => void) {
    this.#conversation = conversation;
    this.#post = post;
    this.#subscriptions = joinSubscriptions(
      conversation.onDidAdd((turn) => this.#follow(turn)),
      conversation.onDidSwitch(() => this.send()),
      vscode.workspace.onDidOpenTextDocument((document) => this.#hasOpened(document)),
      vscode.workspace.onDidChangeTextDocument((change) => this.#hasChanged(change)),
    );
    for (const turn of conversation.turns) this.#follow(turn);
  }

  /** Tells the webview, which has what was asked about as it was then. */
  send(): void {
    for (const turn of this.#conversation.branch) this.#tell(turn);
  }

  /** Shows in an editor what was asked about. @param index among the turn's attachments */
  async open(turn: Turn, index: number, column: vscode.ViewColumn): Promise<void> {
    const attachment = turn.attachments[index];
    const anchor = attachment === undefined ? undefined : this.#anchors.get(attachment);
    if (anchor === undefined) return;
    const document = await anchor.open();
    if (document === null) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} can’t be opened: it may have been moved or deleted.', anchor.file),
      );
      return;
    }
    this.#hasOpened(document);
    await showPlace(document, anchor.range(document), column);
  }

  /** Where the selection stands that was asked about last; null where it is another text by now. */
  async placeOf(turn: Turn): Promise<AnchoredPlace | null> {
    const asked = [...this.#conversation.before(turn), turn].findLast(({ attachments }) =>
      attachments.some((attachment) => this.#anchors.has(attachment)),
    );
    for (const attachment of asked?.attachments ?? []) {
      const anchor = this.#anchors.get(attachment);
      const document = await anchor?.open();
      if (anchor === undefined || document === undefined || document === null) continue;
      this.#hasOpened(document);
      if (!anchor.shown.stale) return { document, range: anchor.range(document) };
    }
    return null;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #follow(turn: Turn): void {
    for (const attachment of turn.attachments) {
      if (attachment.kind !== 'selection' || attachment.uri === undefined) continue;
      const anchor = new Anchor(attachment, attachment.uri);
      this.#anchors.set(attachment, anchor);
      const document = anchor.openDocument;
      if (document !== undefined) anchor.locate(document);
    }
    this.#tell(turn);
  }

  #hasOpened(document: vscode.TextDocument): void {
    this.#update(document, (anchor) => anchor.locate(document));
  }

  #hasChanged({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    this.#update(document, (anchor) => {
      if (anchor.hasOtherLineEnds(document)) anchor.locate(document);
      else if (contentChanges.length > 0) anchor.follow(document, contentChanges);
    });
  }

  #update(document: vscode.TextDocument, change: (anchor: Anchor) => void): void {
    const uri = document.uri.toString();
    const before = new Map<Anchor, string>();
    for (const anchor of this.#anchors.values()) {
      if (anchor.uri !== uri) continue;
      before.set(anchor, JSON.stringify(anchor.shown));
      change(anchor);
    }
    for (const turn of this.#conversation.branch) {
      const hasChanged = turn.attachments.some((attachment) => {
        const anchor = this.#anchors.get(attachment);
        const shown = anchor === undefined ? undefined : before.get(anchor);
        return shown !== undefined && shown !== JSON.stringify(anchor?.shown);
      });
      if (hasChanged) this.#tell(turn);
    }
  }

  #tell({ attachments, reply }: Turn): void {
    const sources = attachments.map((attachment) => {
      const anchor = this.#anchors.get(attachment);
      return anchor === undefined ? sourceView(attachment, vscode.l10n) : anchor.shown;
    });
    if (this.#anchors.size > 0) this.#post({ type: 'sources', replyId: reply.id, sources });
  }
}
