import * as vscode from 'vscode';
import { interruption } from '../../core/claude/reply-event.ts';
import type { Conversation, Turn } from '../../core/conversation/conversation.ts';
import { Emitter } from '../../core/emitter.ts';
import { contextKeys } from '../command-ids.ts';

/** Where a conversation is shown. */
export interface ReplyLocation {
  readonly kind: 'panel' | 'document';
  /** What the user knows it by. */
  readonly name: string;
  /** Whether it is the one that the user works in. */
  readonly isActive: boolean;
}

/** Null where the conversation isn't shown. */
export type LocateReply = (conversation: Conversation) => ReplyLocation | null;

/** A reply that streams, and where it belongs. */
export interface RunningReply {
  readonly conversation: Conversation;
  readonly turn: Turn;
}

interface Running extends RunningReply {
  readonly controller: AbortController;
  readonly retryNow: Emitter<void>;
  readonly done: Promise<void>;
}

/** What a reply listens to while it streams. */
export interface RunSignals {
  readonly signal: AbortSignal;
  readonly onRetryNow: Emitter<void>['event'];
}

/**
 * The replies that stream now, each with its one AbortController: whatever stops a reply comes
 * through here. The context key says whether there is one.
 */
export class RunningReplies implements vscode.Disposable {
  readonly #running = new Map<string, Running>();
  readonly #changed = new Emitter<void>();

  /** Fires when one begins to stream or has ended. */
  readonly onDidChange = this.#changed.event;

  /** The one that was started last is the last. */
  get all(): readonly RunningReply[] {
    return [...this.#running.values()];
  }

  /** Registers the reply until `work` is settled. */
  run(reply: RunningReply, work: (signals: RunSignals) => Promise<void>): void {
    const { id } = reply.turn.reply;
    const controller = new AbortController();
    const retryNow = new Emitter<void>();
    const done = work({ signal: controller.signal, onRetryNow: retryNow.event }).finally(() => {
      this.#running.delete(id);
      this.#update();
    });
    this.#running.set(id, { ...reply, controller, retryNow, done });
    this.#update();
  }

  /**
   * Stops the reply for the user. Resolves when it has its outcome; at once where it isn't running.
   */
  stop(replyId: string): Promise<void> {
    return this.#abort(replyId);
  }

  /** Ends the reply because what shows it is gone: it can be continued, and nobody stopped it. */
  interrupt(replyId: string): Promise<void> {
    return this.#abort(replyId, interruption);
  }

  /** Ends the wait before a retry. */
  retryNow(replyId: string): void {
    this.#running.get(replyId)?.retryNow.fire();
  }

  stopAll(): void {
    for (const { controller } of this.#running.values()) controller.abort();
  }

  /** The window closes, which is no stop by the user. */
  dispose(): void {
    for (const { controller } of this.#running.values()) controller.abort(interruption);
  }

  async #abort(replyId: string, reason?: string): Promise<void> {
    const running = this.#running.get(replyId);
    running?.controller.abort(reason);
    await running?.done;
  }

  #update(): void {
    void vscode.commands.executeCommand(
      'setContext',
      contextKeys.streaming,
      this.#running.size > 0,
    );
    this.#changed.fire();
  }
}
