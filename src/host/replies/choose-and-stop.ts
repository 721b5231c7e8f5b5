import * as vscode from 'vscode';
import { now } from '../../core/conversation/clock.ts';
import { formatSeconds } from '../../core/conversation/format-figures.ts';
import { titleOf } from '../../core/history/summary.ts';
import type { Place } from './place.ts';
import type { RunningReplies, RunningReply } from './running-replies.ts';

interface Choice extends vscode.QuickPickItem {
  readonly stop: () => void;
}

type Listed = RunningReply & { readonly place: Place | null };

/**
 * Lists replies that stream and stops the one that is chosen, or all; closes once all have ended.
 * The rows stay as they are when one ends: new ones would take the focus back to the first, and a
 * key that is on its way would stop another reply. Stopping one that has ended does nothing.
 */
export async function chooseAndStop(
  running: RunningReplies,
  listed: readonly Listed[],
): Promise<void> {
  const pick = vscode.window.createQuickPick<Choice>();
  pick.title = vscode.l10n.t('Stop Which Reply?');
  pick.matchOnDescription = true;
  // Where it was asked from a panel, the focus may just be on its way back there.
  pick.ignoreFocusOut = true;
  pick.items = [
    ...listed.map((reply) => ({
      label: titleOf(reply.turn, vscode.l10n),
      description: describe(reply),
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
      const titles = ended.map(({ turn }) => titleOf(turn, vscode.l10n));
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
function describe({ turn: { reply }, place }: Listed): string {
  const elapsed = formatSeconds(reply.elapsedMs(now()));
  return [reply.receipt().model, place?.name, elapsed].filter(Boolean).join(' · ');
}
