import type * as vscode from 'vscode';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import type { RunningReplies } from './running-replies.ts';

/**
 * Streams a reply to somebody who has a cancellation token: its end closes the socket. Resolves
 * when the reply has its outcome; with null where nothing was sent.
 *
 * @param start adds the turn to the conversation and starts its reply
 */
export async function followReply(
  conversation: Conversation,
  running: RunningReplies,
  token: vscode.CancellationToken,
  start: () => Turn | null | Promise<Turn | null>,
  onEvent: (event: ReplyEvent) => void,
): Promise<Turn | null> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  // Attached first: an outcome may come at once.
  const listening = conversation.onDidChange(({ event }) => {
    onEvent(event);
    if (event.type === 'outcome') resolve();
  });
  let cancelling: vscode.Disposable | undefined;
  try {
    const turn = await start();
    if (turn === null) return null;
    const stop = (): void => void running.stop(turn.reply.id);
    cancelling = token.onCancellationRequested(stop);
    if (token.isCancellationRequested) stop();
    await ended;
    return turn;
  } finally {
    listening.dispose();
    cancelling?.dispose();
  }
}
