import * as vscode from 'vscode';
import { CodeReader, extractCode, readFencedCode } from '../../core/code/code-reader.ts';
import { trimBlankLines } from '../../core/code/indentation.ts';
import { looksLikeProse } from '../../core/code/looks-like-prose.ts';
import { Conversation, type Turn } from '../../core/conversation/conversation.ts';
import { canContinue } from '../../core/conversation/outcome.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import type { Question } from '../../core/prompt/question.ts';
import { replacePrompt } from '../../core/prompt/task-prompts.ts';
import { now } from '../../core/time.ts';
import { showReplyProgress } from '../ask/follow-reply.ts';
import type { ReplyService } from '../ask/reply-service.ts';
import type { RunningReplies } from '../ask/running-replies.ts';
import { isProseLanguage } from '../document/cursor-target.ts';
import { readRanges } from '../editor/read-selections.ts';
import {
  type NewCode,
  notifyMoreCode,
  notifyNoCode,
  notifyNotReplaced,
  notifyRest,
  notifyUnchanged,
  notifyUnfinished,
  type RejectReason,
  rejectMessage,
} from './replace-notifications.ts';
import { Replacement, type Target, trimToText } from './replacement.ts';
import { ReplacementApplier } from './replacement-applier.ts';
import { ReplacementDiff } from './replacement-diff.ts';

interface CodeReplyParts {
  readonly replies: ReplyService;
  readonly running: RunningReplies;
  /** Takes the code as it comes, and its end once the reply is complete. */
  readonly write: (code: string) => void;
  readonly holdsFences: boolean;
}

/** One reply whose code is wanted alone. It may be continued where it ended too early. */
class CodeReply implements vscode.Disposable {
  readonly #parts: CodeReplyParts;
  readonly #conversation = new Conversation(now, { mayGoOn: false });
  readonly #reader: CodeReader;

  constructor(parts: CodeReplyParts) {
    this.#parts = parts;
    this.#reader = new CodeReader(parts);
  }

  /**
   * Resolves when the reply has ended; with null where nothing was sent.
   * @param open called once the question may be sent; false where it isn't to be sent after all
   */
  ask(question: Question, open: () => Promise<boolean>): Promise<Reply | null> {
    const conversation = this.#conversation;
    return this.#stream(() =>
      this.#parts.replies.submit(question, {
        conversation,
        open: async () => ((await open()) ? conversation : null),
      }),
    );
  }

  /** Goes on from its end; resolves as `ask` does. */
  continue(): Promise<Reply | null> {
    const conversation = this.#conversation;
    return this.#stream(async (last) =>
      last === undefined ? null : this.#parts.replies.continue(last, { conversation }),
    );
  }

  /** What stands behind the code. */
  get rest(): string {
    return this.#reader.rest;
  }

  shows(conversation: Conversation): boolean {
    return this.#conversation === conversation;
  }

  /** Stops it where it streams. */
  dispose(): void {
    for (const { reply } of this.#conversation.turns) void this.#parts.running.stop(reply.id);
  }

  async #stream(begin: (last: Turn | undefined) => Promise<Turn | null>): Promise<Reply | null> {
    const { write, running } = this.#parts;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const subscription = this.#conversation.onDidChange(({ event }) => {
      if (event.type === 'text') write(this.#reader.push(event.text));
      else if (event.type === 'outcome') resolve();
    });
    try {
      const turn = await begin(this.#conversation.turns.at(-1));
      if (turn === null) return null;
      const { reply } = turn;
      const stop = (): void => void running.stop(reply.id);
      await showReplyProgress(this.#conversation, stop, () => ended);
      if (reply.outcome?.kind === 'complete') write(this.#reader.finish());
      return reply;
    } finally {
      subscription.dispose();
    }
  }
}

/** What asking for new code takes. */
export interface AskParts {
  readonly replies: ReplyService;
  readonly running: RunningReplies;
}

interface SessionServices extends AskParts {
  /** Tells VS Code which proposal is another now. */
  readonly changed: vscode.EventEmitter<vscode.Uri>;
  /** Whether it may be accepted, or continued, is another now. */
  readonly onDidChangeState: () => void;
  readonly askAgain: (words: string, target: Target) => void;
}

/** One replacement from the question, or the code, to the end of its diff. */
export class ReplaceSession implements vscode.Disposable {
  readonly #parts: SessionServices;
  readonly #replacement: Replacement;
  readonly #diff: ReplacementDiff;
  /** Accepts what it proposes, whole or by hunks. */
  readonly applier: ReplacementApplier;
  readonly #reply: CodeReply;
  /** What was asked; null where the code was given. */
  #instruction: string | null = null;
  #wasShown = false;
  /** The reply where it ended too early and may go on, and doesn't yet. */
  #unfinished: Reply | null = null;

  constructor(target: Target, parts: SessionServices) {
    this.#parts = parts;
    this.#replacement = new Replacement(target);
    this.#diff = new ReplacementDiff(this.#replacement, parts.changed);
    this.applier = new ReplacementApplier(this.#replacement, this.#diff, (why) =>
      this.#notifyRejected(why),
    );
    this.#reply = new CodeReply({
      replies: parts.replies,
      running: parts.running,
      holdsFences: this.#holdsFences,
      write: (code) => this.#write(code),
    });
  }

  get uri(): vscode.Uri {
    return this.#diff.uri;
  }

  /** As a list of replies calls it: the file's name. */
  get title(): string {
    return vscode.workspace.asRelativePath(this.#replacement.target.document.uri);
  }

  shows(conversation: Conversation): boolean {
    return this.#reply.shows(conversation);
  }

  get proposal(): string {
    return this.#replacement.proposal;
  }

  get isShown(): boolean {
    return this.#diff.tab !== undefined;
  }

  get canBeAccepted(): boolean {
    return this.#replacement.isComplete;
  }

  get canContinue(): boolean {
    return this.#unfinished !== null;
  }

  /** Whether its diff was there and isn't any more. */
  get wasClosed(): boolean {
    return this.#wasShown && !this.isShown;
  }

  follow(change: vscode.TextDocumentChangeEvent): void {
    const { document } = this.#replacement.target;
    if (change.document !== document || change.contentChanges.length === 0) return;
    this.#replacement.follow(change);
    if (this.#wasShown) this.#diff.refresh();
  }

  /** Asks for the new code; resolves when it is there. False where nothing was sent. */
  async ask(words: string): Promise<boolean> {
    this.#instruction = words;
    const { document } = this.#replacement.target;
    const attachments = await readRanges(document, [this.#replacement.range]);
    const question = { prompt: replacePrompt(words), attachments };
    return this.#stream(() => this.#reply.ask(question, () => this.#open()));
  }

  /** Takes code that is there already. */
  async propose(code: string): Promise<void> {
    this.#replacement.write(trimBlankLines(code));
    await this.#show();
    await this.#finish();
  }

  /** Closes the diff; what streams is stopped. */
  async close(): Promise<void> {
    await this.#diff.close();
  }

  dispose(): void {
    this.#reply.dispose();
    this.applier.dispose();
    this.#diff.dispose();
  }

  get #holdsFences(): boolean {
    return this.#replacement.target.document.languageId === 'markdown';
  }

  /** False where the code was changed while the user was asked whether to send it. */
  async #open(): Promise<boolean> {
    if (!this.#replacement.isUnchanged) {
      this.#notifyRejected('changed');
      return false;
    }
    await this.#show();
    return true;
  }

  async #show(): Promise<void> {
    await this.#diff.show();
    this.#wasShown = true;
  }

  #write(code: string): void {
    if (code === '') return;
    this.#replacement.write(code);
    this.#diff.refresh();
  }

  /** False where nothing was sent. */
  async #stream(begin: () => Promise<Reply | null>): Promise<boolean> {
    const reply = await begin();
    if (reply === null) return false;
    // Whoever closed the diff knows.
    if (!this.isShown) return true;
    if (reply.outcome?.kind !== 'complete') this.#tellUnfinished(reply);
    else await this.#takeCode(reply);
    return true;
  }

  /** A complete reply is code as it came, or has its code behind much text, or is an answer in words. */
  async #takeCode(reply: Reply): Promise<void> {
    const { languageId } = this.#replacement.target.document;
    let { rest } = this.#reply;
    if (!isProseLanguage(languageId)) {
      const fenced = readFencedCode(reply.text);
      const { code } = fenced;
      rest = fenced.rest;
      const isAnswer = code === '' && looksLikeProse(reply.text);
      if (isAnswer || code !== '') this.#replacement.rewrite(code);
      if (isAnswer) this.#diff.refreshNow();
      if (fenced.hasMore) {
        notifyMoreCode(reply);
        rest = '';
      }
    }
    // Only the code is accepted: whoever accepts it knows what else was said.
    if (rest !== '') notifyRest(reply, rest);
    if (this.#replacement.code === '') void notifyNoCode(reply, this.#newCode);
    else await this.#finish();
  }

  #tellUnfinished(reply: Reply): void {
    const code = extractCode(reply.text, { holdsFences: this.#holdsFences });
    this.#setUnfinished(canContinue(reply) ? reply : null);
    void notifyUnfinished(reply, { ...this.#newCode, code }, () => void this.continue());
  }

  /** Goes on from the end of a reply that ended too early; does nothing where there is none. */
  async continue(): Promise<void> {
    const reply = this.#unfinished;
    if (reply === null) return;
    this.#setUnfinished(null);
    // Where it wasn't sent, the choice is as it was.
    if (!(await this.#stream(() => this.#reply.continue()))) this.#tellUnfinished(reply);
  }

  #setUnfinished(reply: Reply | null): void {
    this.#unfinished = reply;
    this.#parts.onDidChangeState();
  }

  async #finish(): Promise<void> {
    this.#replacement.finish();
    this.#diff.refreshNow();
    this.#parts.onDidChangeState();
    if (this.#replacement.hunks.length > 0) return;
    notifyUnchanged();
    await this.close();
  }

  #notifyRejected(why: RejectReason): void {
    const file = vscode.workspace.asRelativePath(this.#replacement.target.document.uri);
    void notifyNotReplaced(rejectMessage(why, file), this.#newCode);
  }

  get #newCode(): NewCode {
    const { target, code } = this.#replacement;
    const words = this.#instruction;
    const askAgain = (): void => {
      const range = target.document.isClosed
        ? null
        : trimToText(target.document, this.#replacement.range);
      if (range === null || words === null) return;
      void this.close();
      this.#parts.askAgain(words, { ...target, range });
    };
    return {
      code,
      language: target.document.languageId,
      askAgain: words === null ? undefined : askAgain,
    };
  }
}
