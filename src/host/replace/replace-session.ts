import * as vscode from 'vscode';
import { codeOf } from '../../core/code/code-reader.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import { replacePrompt } from '../../core/prompt/code-prompt.ts';
import { readRanges } from '../editor/read-selections.ts';
import type { ReplyService } from '../replies/reply-service.ts';
import type { RunningReplies } from '../replies/running-replies.ts';
import { Acceptance } from './acceptance.ts';
import { CodeReply } from './code-reply.ts';
import { Replacement } from './replacement.ts';
import { ReplacementDiff } from './replacement-diff.ts';
import { type Target, textRange } from './target-range.ts';
import { type NewCode, tellNoCode, tellNotReplaced, tellSame, tellUnfinished } from './tell.ts';
import { type WhyNot, whyNotSentence } from './why-not.ts';

/** What asking for new code takes. */
export interface AskParts {
  readonly replies: ReplyService;
  readonly running: RunningReplies;
}

export interface SessionParts extends AskParts {
  /** Tells VS Code which proposal is another now. */
  readonly changed: vscode.EventEmitter<vscode.Uri>;
  /** Whether it may be accepted is another now. */
  readonly onDidChangeState: () => void;
  readonly askAgain: (words: string, target: Target) => void;
}

/** One replacement from the question, or the code, to the end of its diff. */
export class ReplaceSession implements vscode.Disposable {
  readonly #parts: SessionParts;
  readonly #replacement: Replacement;
  readonly #diff: ReplacementDiff;
  readonly #acceptance: Acceptance;
  readonly #reply: CodeReply;
  /** What was asked; null where the code was given. */
  #words: string | null = null;
  #wasShown = false;

  constructor(target: Target, parts: SessionParts) {
    this.#parts = parts;
    this.#replacement = new Replacement(target);
    this.#diff = new ReplacementDiff(this.#replacement, parts.changed);
    this.#acceptance = new Acceptance(this.#replacement, this.#diff, (why) =>
      this.#tellWhyNot(why),
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

  get mayBeAccepted(): boolean {
    return this.#replacement.isWhole;
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
    this.#words = words;
    const { document } = this.#replacement.target;
    const attachments = await readRanges(document, [this.#replacement.range]);
    const question = { prompt: replacePrompt(words), attachments };
    return this.#stream(() => this.#reply.ask(question, () => this.#open()));
  }

  /** Takes code that is there already. */
  async propose(code: string): Promise<void> {
    this.#replacement.write(code.replace(/^(?:[ \t]*\n)+|\s+$/g, ''));
    await this.#show();
    await this.#finish();
  }

  accept(): Promise<void> {
    return this.#acceptance.accept();
  }

  acceptHunk(): Promise<void> {
    return this.#acceptance.acceptHunk();
  }

  /** Closes the diff; what streams is stopped. */
  async close(): Promise<void> {
    await this.#diff.close();
  }

  dispose(): void {
    this.#reply.dispose();
    this.#acceptance.dispose();
    this.#diff.dispose();
  }

  get #holdsFences(): boolean {
    return this.#replacement.target.document.languageId === 'markdown';
  }

  /** False where the code was changed while the user was asked whether to send it. */
  async #open(): Promise<boolean> {
    if (!this.#replacement.isUnchanged) {
      this.#tellWhyNot('changed');
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
    else if (this.#replacement.code === '') void tellNoCode(reply, this.#newCode);
    else await this.#finish();
    return true;
  }

  #tellUnfinished(reply: Reply): void {
    const code = codeOf(reply.text, { holdsFences: this.#holdsFences });
    const goOn = async (): Promise<void> => {
      // Where it wasn't sent, the choice is as it was.
      if (!(await this.#stream(() => this.#reply.continue()))) this.#tellUnfinished(reply);
    };
    void tellUnfinished(reply, { ...this.#newCode, code }, () => void goOn());
  }

  async #finish(): Promise<void> {
    this.#replacement.finish();
    this.#diff.refreshNow();
    this.#parts.onDidChangeState();
    if (this.#replacement.hunks.length > 0) return;
    tellSame();
    await this.close();
  }

  #tellWhyNot(why: WhyNot): void {
    const file = vscode.workspace.asRelativePath(this.#replacement.target.document.uri);
    void tellNotReplaced(whyNotSentence(why, file), this.#newCode);
  }

  get #newCode(): NewCode {
    const { target, code } = this.#replacement;
    const words = this.#words;
    const askAgain = (): void => {
      const range = target.document.isClosed
        ? null
        : textRange(target.document, this.#replacement.range);
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
