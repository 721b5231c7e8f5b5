import * as vscode from 'vscode';
import { describeRetryReason } from '../../core/claude/describe-failure.ts';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import type { Conversation, Turn } from '../../core/conversation/conversation.ts';
import { joinSubscriptions } from '../../core/emitter.ts';
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

type Retrying = Extract<ReplyEvent, { type: 'retrying' }>;

/** A notification with Cancel while `work` goes on, which also says why a reply waits. */
export async function showReplyProgress(
  conversation: Conversation,
  cancel: () => void,
  work: () => Promise<void>,
): Promise<void> {
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Claude is writing…'),
      cancellable: true,
    },
    async (progress, token) => {
      let counting: ReturnType<typeof setInterval> | undefined;
      const countDown = (event: Retrying): void => {
        const dueAt = performance.now() + event.waitMs;
        const tell = (): void =>
          progress.report({ message: retryMessage(event, dueAt - performance.now()) });
        tell();
        counting = setInterval(tell, 1000);
      };
      const subscriptions = joinSubscriptions(
        token.onCancellationRequested(cancel),
        conversation.onDidChange(({ event }) => {
          if (event.type !== 'retrying' && event.type !== 'connecting') return;
          clearInterval(counting);
          if (event.type === 'retrying') countDown(event);
          else progress.report({ message: '' });
        }),
      );
      await work();
      clearInterval(counting);
      subscriptions.dispose();
    },
  );
}

function retryMessage({ failure }: Retrying, leftMs: number): string {
  const reason = describeRetryReason(failure, vscode.l10n);
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return vscode.l10n.t('{0} Trying again in {1} s.', reason, seconds);
}
