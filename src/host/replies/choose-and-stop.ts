import * as vscode from 'vscode';
import { now } from '../../core/conversation/clock.ts';
import { formatSeconds } from '../../core/conversation/format-figures.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import { titleOf } from '../../core/history/summary.ts';
import type { Place } from './place.ts';
import type { RunningReplies, RunningReply } from './running-replies.ts';

interface Choice extends vscode.QuickPickItem {
  readonly stop: () => void;
}

/** Lists replies that stream and stops the one that is chosen, or all; closes once all have ended. */
export async function chooseAndStop(
  running: RunningReplies,
  listed: readonly (RunningReply & { readonly place: Place | null })[],
): Promise<void> {
  const pick = vscode.window.createQuickPick<Choice>();
  pick.title = vscode.l10n.t('Stop Which Reply?');
  pick.matchOnDescription = true;
  const rows = (): readonly Choice[] => [
    ...listed.map(({ turn, place }) => ({
      label: titleOf(turn, vscode.l10n),
      description: describe(turn, place),
      stop: () => void running.stop(turn.reply.id),
    })),
    {
      label: `$(stop-circle) ${vscode.l10n.t('Stop All')}`,
      alwaysShow: true,
      stop: () => running.stopAll(),
    },
  ];
  // A row keeps its place when its reply ends: a key that is on its way must not stop another one.
  const update = (): void => {
    if (listed.every(({ turn }) => turn.reply.outcome !== null)) {
      pick.hide();
      return;
    }
    const [active] = pick.activeItems;
    const at = active === undefined ? 0 : pick.items.indexOf(active);
    pick.items = rows();
    pick.activeItems = pick.items.slice(at, at + 1);
  };
  const closed = new Promise<void>((resolve) => {
    pick.onDidHide(() => resolve());
  });
  const subscription = running.onDidChange(update);
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    pick.hide();
    chosen?.stop();
  });
  try {
    pick.show();
    update();
    await closed;
  } finally {
    subscription.dispose();
    pick.dispose();
  }
}

/** `claude-sonnet-5-5 · Untitled-1 · 12 s` */
function describe({ reply }: Turn, place: Place | null): string {
  const state =
    reply.outcome === null ? formatSeconds(reply.elapsedMs(now())) : vscode.l10n.t('has ended');
  return [reply.receipt().model, place?.name, state].filter(Boolean).join(' · ');
}
