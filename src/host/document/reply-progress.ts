import * as vscode from 'vscode';
import { reasonToRetry } from '../../core/claude/describe-failure.ts';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { joinSubscriptions } from '../../core/emitter.ts';

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
  const reason = reasonToRetry(failure, vscode.l10n);
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return vscode.l10n.t('{0} Trying again in {1} s.', reason, seconds);
}
