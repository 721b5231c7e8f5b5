import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import type { DocumentTarget } from '../document/document-target.ts';
import type { Panels } from '../panel/panels.ts';
import type { Replacements } from '../replace/replacements.ts';
import type { ReplyService } from './reply-service.ts';
import type { LocateReply, RunningReplies } from './running-replies.ts';
import { stopReply } from './stop-reply.ts';

interface ReplyCommandServices {
  readonly running: RunningReplies;
  readonly replies: Pick<ReplyService, 'continue' | 'submit'>;
  readonly panels: Panels;
  readonly documents: Pick<DocumentTarget, 'continueActive' | 'locate' | 'stopIn'>;
  readonly replacements: Pick<Replacements, 'continueActive' | 'locate'>;
}

/** Attach, Stop, Continue and Retry by command and key; the panel's buttons go the same ways. */
export function registerReplyCommands(
  commands: Commands,
  { running, replies, panels, documents, replacements }: ReplyCommandServices,
): vscode.Disposable {
  const locate: LocateReply = (conversation) =>
    panels.locate(conversation) ??
    documents.locate(conversation) ??
    replacements.locate(conversation);
  /** Nothing is sent to a conversation that was put away while the user was asked. */
  const showing = (conversation: Conversation) => async (): Promise<Conversation | null> =>
    panels.conversation === conversation ? panels.show() : null;
  return vscode.Disposable.from(
    commands.register(commandIds.stop, async (...args: readonly unknown[]) => {
      // A button in the title of an editor brings its document's address along.
      const [uri] = args;
      if (uri instanceof vscode.Uri && documents.stopIn(uri)) return;
      await stopReply(running, locate, args, panels.isActive);
    }),
    commands.register(commandIds.attachSelection, () => panels.attachSelection()),
    commands.register(commandIds.askAboutReply, () => panels.quoteSelection()),
    commands.register(commandIds.continueReply, async () => {
      if (documents.continueActive(notifyNothingToContinue) || replacements.continueActive())
        return;
      const { conversation } = panels;
      const turn = conversation?.branch.at(-1);
      if (conversation === null || turn === undefined) notifyNothingToContinue();
      else {
        const open = showing(conversation);
        const onNotContinuable = notifyNothingToContinue;
        await replies.continue(turn, { conversation, open, onNotContinuable });
      }
    }),
    commands.register(commandIds.retryReply, async () => {
      const { conversation } = panels;
      const turn = conversation?.branch.at(-1);
      if (conversation === null || turn === undefined) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('There is no question yet to ask again.'),
        );
        return;
      }
      const { prompt, attachments } = turn;
      const to = { conversation, open: showing(conversation), insteadOf: turn };
      await replies.submit({ prompt, attachments }, to);
    }),
  );
}

function notifyNothingToContinue(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('There is no unfinished reply to continue.'),
  );
}
