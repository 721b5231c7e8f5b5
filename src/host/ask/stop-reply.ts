import * as vscode from 'vscode';
import { formatSeconds } from '../../core/format-figures.ts';
import { isCount, isObject, isOneOf } from '../../core/guard.ts';
import { getQuestionTitle } from '../../core/history/summary.ts';
import { now } from '../../core/time.ts';
import type {
  LocateReply,
  ReplyLocation,
  RunningReplies,
  RunningReply,
} from './running-replies.ts';

/** A reply that could be meant. */
interface Stoppable {
  readonly location: ReplyLocation | null;
}

/**
 * Where Stop comes from: a key that is the active panel's own; a panel of which it isn't known
 * which; or any other key or command.
 */
export type StopOrigin = 'active panel' | 'some panel' | 'anywhere';

/**
 * The reply that Stop means; null where there is none. What is active goes first: its reply, the
 * newest where it has several. Else the only one there is.
 *
 * @param replies the one that was started last is the last
 */
export function selectReplyToStop<T extends Stoppable>(
  replies: readonly T[],
  from: StopOrigin,
): T | 'unclear' | null {
  const inPanels = replies.filter(({ location: place }) => place?.kind === 'panel');
  switch (from) {
    case 'active panel':
      return inPanels.findLast(({ location: place }) => place?.isActive) ?? null;
    case 'some panel':
      return onlyOne(inPanels.length > 0 ? inPanels : replies);
    case 'anywhere':
      return replies.findLast(({ location: place }) => place?.isActive) ?? onlyOne(replies);
  }
}

function onlyOne<T>([first, ...others]: readonly T[]): T | 'unclear' | null {
  return others.length > 0 ? 'unclear' : (first ?? null);
}

interface StopChoice extends vscode.QuickPickItem {
  readonly stop: () => void;
}

type ListedReply = RunningReply & { readonly location: ReplyLocation | null };

/**
 * Lists replies that stream and stops the one that is chosen, or all; closes once all have ended.
 * The rows stay as they are when one ends: new ones would take the focus back to the first, and a
 * key that is on its way would stop another reply. Stopping one that has ended does nothing.
 */
async function pickAndStop(running: RunningReplies, listed: readonly ListedReply[]): Promise<void> {
  const pick = vscode.window.createQuickPick<StopChoice>();
  pick.title = vscode.l10n.t('Stop Which Reply?');
  pick.matchOnDescription = true;
  // Where it was asked from a panel, the focus may just be on its way back there.
  pick.ignoreFocusOut = true;
  pick.items = [
    ...listed.map((reply) => ({
      label: getQuestionTitle(reply.turn, vscode.l10n),
      description: describeReply(reply),
      stop: () => void running.stop(reply.turn.reply.id),
    })),
    {
      label: `$(stop-circle) ${vscode.l10n.t('Stop All')}`,
      alwaysShow: true,
      stop: () => running.stopAll(),
    },
  ];
  const tellEnded = (): void => {
    const ended = listed.filter(({ turn }) => turn.reply.outcome !== null);
    if (ended.length === listed.length) pick.hide();
    else if (ended.length > 0) {
      const titles = ended.map(({ turn }) => getQuestionTitle(turn, vscode.l10n));
      pick.placeholder = vscode.l10n.t('Ended meanwhile: {0}', titles.join(', '));
    }
  };
  const closed = new Promise<void>((resolve) => {
    pick.onDidHide(() => resolve());
  });
  const subscription = running.onDidChange(tellEnded);
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    pick.hide();
    chosen?.stop();
  });
  try {
    pick.show();
    tellEnded();
    await closed;
  } finally {
    subscription.dispose();
    pick.dispose();
  }
}

/** `claude-sonnet-5-5 · Untitled-1 · 12 s` */
function describeReply({ turn: { reply }, location }: ListedReply): string {
  const elapsed = formatSeconds(reply.elapsedMs(now()));
  return [reply.receipt().model, location?.name, elapsed].filter(Boolean).join(' · ');
}

/**
 * What VS Code brings along from a button in the title of a column; it doesn't tell us which
 * column.
 */
const isFromTitleBar = isObject({ groupId: isCount });
/** What the panel's own key brings along. */
const isFromPanelKey = isObject({ in: isOneOf(['activePanel']) });

function stopOrigin(args: readonly unknown[], isPanelActive: boolean): StopOrigin {
  // VS Code may send the key of a panel before it says that this panel is the active one.
  if (args.some(isFromPanelKey)) return isPanelActive ? 'active panel' : 'some panel';
  // Else only the active column has its buttons.
  const editors = vscode.workspace.getConfiguration('workbench.editor');
  const everywhere = editors.get('alwaysShowEditorActions') === true;
  return everywhere && args.some(isFromTitleBar) ? 'some panel' : 'anywhere';
}

/**
 * Stops the reply that is meant; where it isn't clear which, the user chooses.
 *
 * @param args what VS Code passes to the command
 */
export async function stopReply(
  running: RunningReplies,
  locate: LocateReply,
  args: readonly unknown[],
  isPanelActive: boolean,
): Promise<void> {
  const replies = running.all.map((reply) => ({ ...reply, location: locate(reply.conversation) }));
  const which = selectReplyToStop(replies, stopOrigin(args, isPanelActive));
  if (which === 'unclear') await pickAndStop(running, replies);
  else if (which !== null) await running.stop(which.turn.reply.id);
}
