import * as vscode from 'vscode';
import { reasonToRetry } from '../../core/claude/describe-failure.ts';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';

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
      const subscriptions = [
        token.onCancellationRequested(cancel),
        conversation.onDidChange(({ event }) => {
          if (event.type === 'retrying') progress.report({ message: retryMessage(event) });
          else if (event.type === 'connecting') progress.report({ message: '' });
        }),
      ];
      await work();
      for (const subscription of subscriptions) subscription.dispose();
    },
  );
}

function retryMessage({ failure, waitMs }: Extract<ReplyEvent, { type: 'retrying' }>): string {
  const reason = reasonToRetry(failure, vscode.l10n);
  return vscode.l10n.t('{0} Trying again in {1} s.', reason, Math.ceil(waitMs / 1000));
}
