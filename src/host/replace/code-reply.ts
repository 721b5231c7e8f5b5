import type * as vscode from 'vscode';
import { CodeReader } from '../../core/code/code-reader.ts';
import { canContinue } from '../../core/conversation/can-continue.ts';
import { now } from '../../core/conversation/clock.ts';
import { Conversation } from '../../core/conversation/conversation.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import { showReplyProgress } from '../document/reply-progress.ts';
import type { Question, ReplyStarter } from '../replies/reply-starter.ts';
import type { RunningReplies } from '../replies/running-replies.ts';

export interface CodeReplyParts {
  readonly starter: ReplyStarter;
  readonly running: RunningReplies;
  /** Takes the code as it comes, and its end once the reply is complete. */
  readonly write: (code: string) => void;
  readonly holdsFences: boolean;
}

/** One reply whose code is wanted alone. It may be continued where it ended too early. */
export class CodeReply implements vscode.Disposable {
  readonly #parts: CodeReplyParts;
  readonly #conversation = new Conversation(now, { mayGoOn: false });
  readonly #reader: CodeReader;

  constructor(parts: CodeReplyParts) {
    this.#parts = parts;
    this.#reader = new CodeReader(parts);
  }

  /** Resolves when the reply has ended. */
  ask(question: Question): Promise<Reply> {
    return this.#stream(() => this.#parts.starter.start(this.#conversation, question));
  }

  /** Goes on from its end; resolves as `ask` does. */
  continue(): Promise<Reply> {
    return this.#stream((turn) => {
      if (turn === undefined || !canContinue(turn.reply))
        throw new Error('There is no end to go on from.');
      this.#parts.starter.continue(this.#conversation, turn);
      return turn;
    });
  }

  shows(conversation: Conversation): boolean {
    return this.#conversation === conversation;
  }

  /** Stops it where it streams. */
  dispose(): void {
    for (const { reply } of this.#conversation.turns) void this.#parts.running.stop(reply.id);
  }

  async #stream(begin: (last: Turn | undefined) => Turn): Promise<Reply> {
    const { write, running } = this.#parts;
    let onEnd: (() => void) | undefined;
    const ended = new Promise<void>((resolve) => {
      onEnd = resolve;
    });
    const subscription = this.#conversation.onDidChange(({ event }) => {
      if (event.type === 'text') write(this.#reader.push(event.text));
      else if (event.type === 'outcome') onEnd?.();
    });
    try {
      const { reply } = begin(this.#conversation.turns.at(-1));
      const stop = (): void => void running.stop(reply.id);
      await showReplyProgress(this.#conversation, stop, () => ended);
      if (reply.outcome?.kind === 'complete') write(this.#reader.finish());
      return reply;
    } finally {
      subscription.dispose();
    }
  }
}
