import * as vscode from 'vscode';
import { CodeReader } from '../../core/code/code-reader.ts';
import { type Indentation, StreamedIndent } from '../../core/code/indentation.ts';
import type { Conversation, Turn } from '../../core/conversation/conversation.ts';
import { canContinue, describeOutcome } from '../../core/conversation/outcome.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import { Emitter, type Subscription } from '../../core/emitter.ts';
import { showReplyProgress } from '../ask/follow-reply.ts';
import type { ReplyService } from '../ask/reply-service.ts';
import type { RunningReplies } from '../ask/running-replies.ts';
import { DocumentWriter } from './document-writer.ts';
import type { InsertionPoint } from './insertion-point.ts';
import { undoRest } from './undo-reply.ts';

/** Whether a tab shows the document: alone, on a side of a diff, or as a cell of its notebook. */
function isShownInTab(uri: vscode.Uri): boolean {
  const shown = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => urisShownBy(input)),
  );
  return shown.some((each) => each.toString() === uri.toString() || isCellOf(uri, each));
}

function urisShownBy(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) {
    return [input.uri];
  }
  return input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
}

function isCellOf({ scheme, path }: vscode.Uri, notebook: vscode.Uri): boolean {
  return scheme === 'vscode-notebook-cell' && path === notebook.path;
}

/** How a reply is written into a document. */
export interface ReplyFormat {
  /** Whether its end may be told in the document itself, in words. */
  readonly isProse: boolean;
  /** What is to be written for this piece of the reply. */
  push(text: string): string;
  /** The rest, once the reply is complete. */
  finish(): string;
}

/** Character for character. */
export function proseFormat(): ReplyFormat {
  return { isProse: true, push: (text) => text, finish: () => '' };
}

/** The code in it alone, line by line, indented like the line that it goes to. */
export function codeFormat(leading: string, indentation: Indentation): ReplyFormat {
  const reader = new CodeReader();
  const indent = new StreamedIndent(leading, indentation);
  return {
    isProse: false,
    push: (text) => indent.push(reader.push(text)),
    finish: () => indent.push(reader.finish()),
  };
}

/** A reply that is being written. */
interface Writing {
  readonly writer: DocumentWriter;
  readonly ended: Promise<void>;
  readonly subscription: Subscription;
}

interface ReplyDocumentServices {
  readonly replies: Pick<ReplyService, 'continue'>;
  readonly running: Pick<RunningReplies, 'stop'>;
}

/** A document that a reply is written into at a point, for as long as it is open. */
export class ReplyDocument implements vscode.Disposable {
  readonly #point: InsertionPoint;
  readonly #format: ReplyFormat;
  readonly #conversation: Conversation;
  readonly #services: ReplyDocumentServices;
  /** Null unless a reply is being written. */
  #writing: Writing | null = null;
  /** What stands below a reply that isn't complete. */
  #marker = '';
  #unwritten = '';
  /** Where it was before it was saved for the first time: its tab gives way to the other’s. */
  #savedFrom: vscode.Uri | null = null;
  #isUndoing = false;
  readonly #undone = new Emitter<void>();

  /** Fires once the user has undone the reply: the document isn't its any more. */
  readonly onDidUndo = this.#undone.event;

  /** @param point is its own from now on */
  constructor(
    point: InsertionPoint,
    format: ReplyFormat,
    conversation: Conversation,
    services: ReplyDocumentServices,
  ) {
    this.#point = point;
    this.#format = format;
    this.#conversation = conversation;
    this.#services = services;
    point.onDidUndo(() => void this.#undo());
  }

  get uri(): vscode.Uri {
    return this.#point.document.uri;
  }

  shows(conversation: Conversation): boolean {
    return this.#conversation === conversation;
  }

  /** Whether the document itself says how the reply ended. */
  get showsOutcome(): boolean {
    return this.#format.isProse;
  }

  /** What the document didn't take: it is read-only. */
  get unwritten(): string {
    return this.#unwritten;
  }

  /** Whether a tab shows it. */
  get isOpen(): boolean {
    return isShownInTab(this.uri) || (this.#savedFrom !== null && isShownInTab(this.#savedFrom));
  }

  /** Goes on in the file that its document has just become, if it is that one. */
  followSave(saved: vscode.TextDocument): void {
    const { document } = this.#point;
    if (!document.isUntitled || document.isClosed || saved.isUntitled) return;
    const missing = this.#point.moveTo(saved);
    if (missing === null) return;
    this.#savedFrom = document.uri;
    this.#writing?.writer.writeAgain(missing);
  }

  /** Whether its reply is unfinished and doesn't stream. */
  get canContinue(): boolean {
    const turn = this.#turn();
    return turn !== undefined && canContinue(turn.reply);
  }

  /**
   * Goes on from the end of the reply; resolves as `end` does. Null where nothing was sent.
   * @param onNotContinuable called where the reply is complete or still streams
   */
  async continue(onNotContinuable?: () => void): Promise<Turn | null> {
    const last = this.#turn();
    if (last === undefined) return null;
    const turn = await this.#services.replies.continue(last, {
      conversation: this.#conversation,
      onNotContinuable,
      open: async () => {
        if (!this.isOpen || this.#writing !== null) return null;
        this.begin();
        await this.#removeMarker();
        return this.#conversation;
      },
    });
    return turn === null ? null : this.end(turn);
  }

  /** Stops the reply: there is no document any more to write it into. */
  dispose(): void {
    this.#stop();
    this.#point.dispose();
  }

  /** Nothing more is written, and the reply's socket closes. */
  #stop(): void {
    for (const { reply } of this.#conversation.turns) void this.#services.running.stop(reply.id);
    this.#writing?.writer.dispose();
  }

  /** The user has undone the end of the reply: it stops, and the rest of it is undone, too. */
  async #undo(): Promise<void> {
    if (this.#isUndoing) return;
    this.#isUndoing = true;
    this.#stop();
    await undoRest(this.#point);
    this.#undone.fire();
  }

  /** Writes the reply that starts now. */
  begin(): void {
    this.#point.begin();
    const writer = new DocumentWriter(this.#point);
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const subscription = this.#conversation.onDidChange(({ event }) => {
      if (event.type === 'text') writer.write(this.#format.push(event.text));
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
        () => void this.#services.running.stop(reply.id),
        async () => {
          await ended;
          if (reply.outcome?.kind === 'complete') writer.write(this.#format.finish());
          this.#marker = this.#format.isProse ? endMarker(reply) : '';
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
  async #removeMarker(): Promise<void> {
    if (this.#marker === '' || !this.#point.isPrecededBy(this.#marker)) return;
    const edit = new vscode.WorkspaceEdit();
    edit.delete(this.uri, this.#point.rangeBefore(this.#marker));
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
