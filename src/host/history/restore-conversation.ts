import * as vscode from 'vscode';
import type { PriceOverrides } from '../../core/claude/price.ts';
import { now } from '../../core/conversation/clock.ts';
import { Conversation } from '../../core/conversation/conversation.ts';
import type { Replay } from '../../core/conversation/journal-replay.ts';
import { restoreTurn } from '../../core/conversation/restore-turn.ts';
import { ConversationList } from './conversation-list.ts';
import type { HistoryPlaces } from './history-places.ts';
import { tellDamaged } from './tell-damaged.ts';

export interface RestoredConversation {
  readonly conversation: Conversation;
  readonly replay: Replay;
}

/**
 * Null where there is no such conversation, or it can't be read: a damaged one is set aside, and
 * said.
 */
export async function restoreConversation(
  places: HistoryPlaces,
  id: string,
): Promise<RestoredConversation | null> {
  if (!/^[\w-]+$/.test(id)) return null;
  const damaged: string[] = [];
  const replay = await new ConversationList(places).readOne(id, damaged);
  switch (replay) {
    case 'missing':
      return null;
    case 'damaged':
      tellDamaged(damaged);
      places.changed.fire();
      return null;
    case 'newer':
      void vscode.window.showWarningMessage(
        vscode.l10n.t('A saved conversation can’t be read by this version of Claude Stream.'),
      );
      return null;
    default:
      return { conversation: conversationOf(replay, places.prices()), replay };
  }
}

function conversationOf({ turns }: Replay, prices: PriceOverrides): Conversation {
  const conversation = new Conversation(now);
  let previous: string | null = null;
  for (const turn of turns) {
    const startedAt = (turn.asked?.at ?? performance.timeOrigin) - performance.timeOrigin;
    conversation.add(restoreTurn(turn, previous, startedAt, prices));
    previous = turn.replyId;
  }
  return conversation;
}
