import type * as vscode from 'vscode';
import { CodeReader } from '../../core/code/code-reader.ts';
import { now } from '../../core/conversation/clock.ts';
import { Conversation } from '../../core/conversation/conversation.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import type { Question } from '../../core/prompt/question.ts';
import { showReplyProgress } from '../document/reply-progress.ts';
import type { ReplyService } from '../replies/reply-service.ts';
import type { RunningReplies } from '../replies/running-replies.ts';

export interface CodeReplyParts {
  readonly replies: ReplyService;
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
