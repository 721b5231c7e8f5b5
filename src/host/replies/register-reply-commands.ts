import * as vscode from 'vscode';
import { canContinue } from '../../core/conversation/can-continue.ts';
import { commandIds } from '../command-ids.ts';
import type { Documents } from '../document/documents.ts';
import type { PanelSlot } from '../panel/panel-slot.ts';
import type { ReplyStarter } from './reply-starter.ts';
import type { RunningReplies } from './running-replies.ts';

/** Attach, Stop, Continue and Retry by command and key; the panel's buttons go the same ways. */
export function registerReplyCommands(
  running: RunningReplies,
  starter: ReplyStarter,
  panel: PanelSlot,
  documents: Documents,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.stop, () => running.stopLatest()),
    vscode.commands.registerCommand(commandIds.attachSelection, () => panel.attachSelection()),
    vscode.commands.registerCommand(commandIds.askAboutReply, () => panel.quoteSelection()),
    vscode.commands.registerCommand(commandIds.continueReply, async () => {
      if (documents.continueActive()) return;
      const turn = panel.conversation?.branch.at(-1);
      if (turn === undefined || !canContinue(turn.reply)) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('There is no unfinished reply to continue.'),
        );
        return;
      }
      starter.continue(await panel.show(), turn);
    }),
    vscode.commands.registerCommand(commandIds.retryReply, async () => {
      const turn = panel.conversation?.branch.at(-1);
      if (turn === undefined) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('There is no question yet to ask again.'),
        );
        return;
      }
      const { prompt, attachments } = turn;
      starter.startInstead(await panel.show(), turn, { prompt, attachments });
    }),
  );
}
