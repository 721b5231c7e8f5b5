import * as vscode from 'vscode';
import { formatSeconds } from '../../core/format-figures.ts';
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

type ListedReply = RunningReply & { readonly place: ReplyLocation | null };

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
function describeReply({ turn: { reply }, place }: ListedReply): string {
  const elapsed = formatSeconds(reply.elapsedMs(now()));
  return [reply.receipt().model, place?.name, elapsed].filter(Boolean).join(' · ');
}

/** Stops the reply that is meant; where it isn't clear which, the user chooses. */
export async function stopReply(
  running: RunningReplies,
  placeOf: LocateReply,
  from: StopOrigin,
): Promise<void> {
  const replies = running.all.map((reply) => ({ ...reply, place: placeOf(reply.conversation) }));
  const which = selectReplyToStop(replies, from);
  if (which === 'unclear') await pickAndStop(running, replies);
  else if (which !== null) await running.stop(which.turn.reply.id);
}
