import * as vscode from 'vscode';
import { canContinue } from '../../core/conversation/can-continue.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { describeOutcome } from '../../core/conversation/describe-outcome.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import type { Subscription } from '../../core/emitter.ts';
import type { ReplyService } from '../replies/reply-service.ts';
import type { RunningReplies } from '../replies/running-replies.ts';
import { DocumentWriter } from './document-writer.ts';
import type { InsertionPoint } from './insertion-point.ts';
import { isOpen } from './is-open.ts';
import type { ReplyForm } from './reply-form.ts';
import { showReplyProgress } from './reply-progress.ts';

/** A reply that is being written. */
interface Writing {
  readonly writer: DocumentWriter;
  readonly ended: Promise<void>;
  readonly subscription: Subscription;
}

/** A document that a reply is written into at a point, for as long as it is open. */
export class ReplyDocument implements vscode.Disposable {
  readonly #point: InsertionPoint;
  readonly #form: ReplyForm;
  readonly #conversation: Conversation;
  readonly #replies: ReplyService;
  readonly #running: RunningReplies;
  /** Null unless a reply is being written. */
  #writing: Writing | null = null;
  /** What stands below a reply that isn't complete. */
  #marker = '';
  #unwritten = '';
  /** Where it was before it was saved for the first time: its tab gives way to the other’s. */
  #savedFrom: vscode.Uri | null = null;

  /** @param point is its own from now on */
  constructor(
    point: InsertionPoint,
    form: ReplyForm,
    conversation: Conversation,
    replies: ReplyService,
    running: RunningReplies,
  ) {
    this.#point = point;
    this.#form = form;
    this.#conversation = conversation;
    this.#replies = replies;
    this.#running = running;
  }

  get uri(): vscode.Uri {
    return this.#point.document.uri;
  }

  shows(conversation: Conversation): boolean {
    return this.#conversation === conversation;
  }

  /** Whether the document itself says how the reply ended. */
  get saysItsEnd(): boolean {
    return this.#form.isProse;
  }

  /** What the document didn't take: it is read-only. */
  get unwritten(): string {
    return this.#unwritten;
  }

  /** Whether a tab shows it. */
  get isOpen(): boolean {
    return isOpen(this.uri) || (this.#savedFrom !== null && isOpen(this.#savedFrom));
  }

  /** Goes on in the file that its document has just become, if it is that one. */
  goOnIn(saved: vscode.TextDocument): void {
    const { document } = this.#point;
    if (!document.isUntitled || document.isClosed || saved.isUntitled) return;
    const missing = this.#point.moveTo(saved);
    if (missing === null) return;
    this.#savedFrom = document.uri;
    this.#writing?.writer.writeAgain(missing);
  }

  get canContinue(): boolean {
    const turn = this.#turn();
    return turn !== undefined && canContinue(turn.reply);
  }

  /**
   * Goes on from the end of the reply; resolves as `end` does. Null where there is nothing to go on
   * from, or nothing was sent.
   */
  async continue(): Promise<Turn | null> {
    const last = this.#turn();
    if (last === undefined) return null;
    const turn = await this.#replies.continue(last, {
      conversation: this.#conversation,
      open: async () => {
        if (!this.isOpen || this.#writing !== null) return null;
        this.begin();
        await this.#takeMarkerAway();
        return this.#conversation;
      },
    });
    return turn === null ? null : this.end(turn);
  }

  /** Stops the reply: there is no document any more to write it into. */
  dispose(): void {
    for (const { reply } of this.#conversation.turns) void this.#running.stop(reply.id);
    this.#writing?.writer.dispose();
    this.#point.dispose();
  }

  /** Writes the reply that starts now. */
  begin(): void {
    const writer = new DocumentWriter(this.#point);
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const subscription = this.#conversation.onDidChange(({ event }) => {
      if (event.type === 'text') writer.write(this.#form.push(event.text));
      else if (event.type === 'outcome') resolve();
    });
    this.#writing = { writer, ended, subscription };
  }

  /** Resolves with the turn when its reply has ended and is written. */
  async end(turn: Turn): Promise<Turn> {
    const { reply } = turn;
    if (this.#writing === null) return turn;
    const { writer, ended, subscription } = this.#writing;
    try {
      await showReplyProgress(
        this.#conversation,
        () => void this.#running.stop(reply.id),
        async () => {
          await ended;
          if (reply.outcome?.kind === 'complete') writer.write(this.#form.finish());
          this.#marker = this.#form.isProse ? endMarker(reply) : '';
          writer.write(this.#marker);
          this.#unwritten = await writer.finish();
        },
      );
    } finally {
      subscription.dispose();
      writer.dispose();
      this.#writing = null;
    }
    return turn;
  }

  /** Unless the user has edited it: then it is theirs. */
  async #takeMarkerAway(): Promise<void> {
    if (this.#marker === '' || !this.#point.isBehind(this.#marker)) return;
    const edit = new vscode.WorkspaceEdit();
    edit.delete(this.uri, this.#point.rangeOf(this.#marker));
    await vscode.workspace.applyEdit(edit);
  }

  #turn(): Turn | undefined {
    return this.#conversation.turns.at(-1);
  }
}

/** What the document says below a reply that isn't complete; a complete one stands alone. */
function endMarker(reply: Reply): string {
  if (reply.outcome === null) return '';
  const { sentence } = describeOutcome(reply.outcome, vscode.l10n);
  if (sentence === null) return '';
  return reply.text === '' ? `*${sentence}*\n` : `\n\n---\n\n*${sentence}*\n`;
}
