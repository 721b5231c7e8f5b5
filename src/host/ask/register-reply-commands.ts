import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { canContinue } from '../../core/conversation/outcome.ts';
import { isCount, isObject, isOneOf } from '../../core/guard.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import type { DocumentTarget } from '../document/document-target.ts';
import type { Panels } from '../panel/panels.ts';
import type { Replacements } from '../replace/replacements.ts';
import type { ReplyService } from './reply-service.ts';
import type { LocateReply, RunningReplies } from './running-replies.ts';
import { type StopOrigin, stopReply } from './stop-reply.ts';

/**
 * What VS Code brings along from a button in the title of a column; it doesn't tell us which
 * column.
 */
const isFromTitleBar = isObject({ groupId: isCount });
/** What the panel's own key brings along. */
const isFromPanelKey = isObject({ in: isOneOf(['activePanel']) });

function stopOrigin(given: readonly unknown[], isPanelActive: boolean): StopOrigin {
  // VS Code may send the key of a panel before it says that this panel is the active one.
  if (given.some(isFromPanelKey)) return isPanelActive ? 'active panel' : 'some panel';
  // Else only the active column has its buttons.
  const editors = vscode.workspace.getConfiguration('workbench.editor');
  const everywhere = editors.get('alwaysShowEditorActions') === true;
  return everywhere && given.some(isFromTitleBar) ? 'some panel' : 'anywhere';
}

/** Attach, Stop, Continue and Retry by command and key; the panel's buttons go the same ways. */
export function registerReplyCommands(
  commands: Commands,
  running: RunningReplies,
  replies: ReplyService,
  panels: Panels,
  documents: DocumentTarget,
  replacements: Replacements,
): vscode.Disposable {
  const placeOf: LocateReply = (conversation) =>
    panels.locate(conversation) ??
    documents.locate(conversation) ??
    replacements.locate(conversation);
  /** Nothing is sent to a conversation that was put away while the user was asked. */
  const showing = (conversation: Conversation) => async (): Promise<Conversation | null> =>
    panels.conversation === conversation ? panels.show() : null;
  return vscode.Disposable.from(
    commands.register(commandIds.stop, async (...given: readonly unknown[]) => {
      // A button in the title of an editor brings its document's address along.
      const [uri] = given;
      if (uri instanceof vscode.Uri && documents.stopIn(uri)) return;
      await stopReply(running, placeOf, stopOrigin(given, panels.isActive));
    }),
    commands.register(commandIds.attachSelection, () => panels.attachSelection()),
    commands.register(commandIds.askAboutReply, () => panels.quoteSelection()),
    commands.register(commandIds.continueReply, async () => {
      if (documents.continueActive() || replacements.continueActive()) return;
      const { conversation } = panels;
      const turn = conversation?.branch.at(-1);
      if (conversation === null || turn === undefined || !canContinue(turn.reply)) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('There is no unfinished reply to continue.'),
        );
        return;
      }
      await replies.continue(turn, { conversation, open: showing(conversation) });
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
