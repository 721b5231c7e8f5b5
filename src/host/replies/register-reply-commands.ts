import * as vscode from 'vscode';
import { canContinue } from '../../core/conversation/can-continue.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { commandIds } from '../command-ids.ts';
import type { Panel } from '../panel/panel.ts';
import type { ReplyStarter } from './reply-starter.ts';
import type { RunningReplies } from './running-replies.ts';

/** Stop, Continue and Retry by command and key; the panel's buttons go the same ways. */
export function registerReplyCommands(
  running: RunningReplies,
  starter: ReplyStarter,
  conversation: Conversation,
  panel: Panel,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.stop, () => running.stopLatest()),
    vscode.commands.registerCommand(commandIds.continueReply, () => {
      const turn = conversation.turns.at(-1);
      if (turn === undefined || !canContinue(turn.reply)) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('There is no unfinished reply to continue.'),
        );
        return;
      }
      panel.show();
      starter.continue(conversation, turn);
    }),
    vscode.commands.registerCommand(commandIds.retryReply, () => {
      const turn = conversation.turns.at(-1);
      if (turn === undefined) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('There is no question yet to ask again.'),
        );
        return;
      }
      panel.show();
      starter.start(conversation, turn.prompt, turn.attachments);
    }),
  );
}
