import * as vscode from 'vscode';
import { Conversation } from '../../core/conversation/conversation.ts';
import { type Replay, restoreTurn } from '../../core/conversation/journal-replay.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import { toError } from '../../core/errors.ts';
import { now } from '../../core/time.ts';
import type { PriceOverrides } from '../../core/usage/price.ts';
import { commandIds } from '../command-ids.ts';
import { showFailure, showLogButton } from '../notifications.ts';
import { JournalDeletedError } from '../storage/journal-storage.ts';
import { JournalWriter } from '../storage/journal-writer.ts';
import { ConversationList, type HistoryStorage, notifyDamaged } from './conversation-list.ts';

interface RestoredConversation {
  readonly conversation: Conversation;
  readonly replay: Replay;
}

/**
 * Null where there is no such conversation, or it can't be read: a damaged one is set aside, and
 * said.
 */
export async function restoreConversation(
  places: HistoryStorage,
  id: string,
): Promise<RestoredConversation | null> {
  if (!/^[\w-]+$/.test(id)) return null;
  const damaged: string[] = [];
  const replay = await new ConversationList(places).readOne(id, damaged);
  switch (replay) {
    case 'missing':
      return null;
    case 'damaged':
      notifyDamaged(damaged);
      places.changed.fire();
      return null;
    case 'unreadable':
      // Detached: whoever opens it doesn't wait for an answer.
      void showFailure(
        vscode.l10n.t(
          'This conversation can’t be read now. Another program may be using its files.',
        ),
        [
          {
            label: vscode.l10n.t('Try Again'),
            run: () =>
              void vscode.commands.executeCommand(commandIds.openConversation, {
                conversationId: id,
              }),
          },
          showLogButton(),
        ],
      );
      return null;
    case 'newer':
      void vscode.window.showWarningMessage(
        vscode.l10n.t('A saved conversation can’t be read by this version of Claude Stream.'),
      );
      return null;
    default:
      return { conversation: buildConversation(replay, places.prices()), replay };
  }
}

function buildConversation({ turns }: Replay, prices: PriceOverrides): Conversation {
  const conversation = new Conversation(now);
  let previous: string | null = null;
  for (const turn of turns) {
    // Not later than now, where the clock was set back: what goes on would take less than no time.
    const ageMs = Math.max(0, Date.now() - (turn.question?.at ?? Date.now()));
    const startedAt = now() - Math.max(ageMs, turn.events.at(-1)?.at ?? 0);
    conversation.add(restoreTurn(turn, previous, startedAt, prices));
    previous = turn.replyId;
  }
  return conversation;
}

/** A conversation that is written down while it grows. */
export interface OpenConversation {
  readonly id: string;
  readonly conversation: Conversation;
  /** Resolves when all is written; what happens afterwards isn't. */
  readonly close: () => Promise<void>;
}

/** Conversations on the disk, each as a journal. */
export class ConversationStore {
  readonly #storage: HistoryStorage;
  readonly #onInterrupted: (reply: Reply) => void;

  /** @param onInterrupted told of each reply that comes back without its end; must not throw */
  constructor(places: HistoryStorage, onInterrupted: (reply: Reply) => void = () => {}) {
    this.#storage = places;
    this.#onInterrupted = onInterrupted;
  }

  create(): OpenConversation {
    const conversation = new Conversation(now);
    return this.#track(crypto.randomUUID(), conversation, null);
  }

  /**
   * Null where there is no such conversation, or it can't be read; the user is told of the latter.
   */
  async open(id: string): Promise<OpenConversation | null> {
    const restored = await restoreConversation(this.#storage, id);
    if (restored === null) return null;
    const { conversation, replay } = restored;
    for (const { replyId, interrupted } of replay.turns) {
      const turn = interrupted ? conversation.getTurn(replyId) : undefined;
      if (turn !== undefined) this.#onInterrupted(turn.reply);
    }
    return this.#track(id, conversation, replay);
  }

  #track(id: string, conversation: Conversation, resumed: Replay | null): OpenConversation {
    const place = { storage: this.#storage.conversations, name: id, resumed };
    let isDeleted = false;
    const writer = new JournalWriter(conversation, place, (error) => {
      if (error instanceof JournalDeletedError) {
        isDeleted = true;
        void vscode.window.showWarningMessage(
          vscode.l10n.t(
            'This conversation was deleted in another window. You can read on here, but nothing more of it is saved.',
          ),
        );
        return;
      }
      this.#log(error);
      void showFailure(
        vscode.l10n.t(
          'The conversation can’t be saved to the disk. It goes on, and is kept until VS Code closes.',
        ),
        [showLogButton()],
      );
    });
    let listedTurns = resumed?.turns.length ?? 0;
    let listing: Promise<void> = Promise.resolve();
    // When a reply has ended, not while one streams: all that a list says is known by then.
    const list = (): Promise<void> => {
      // Each waits for the one before. It doesn't reject.
      listing = listing.then(listNow);
      return listing;
    };
    const listNow = async (): Promise<void> => {
      const { length } = conversation.turns;
      // Written first: it may turn out that another window has deleted it.
      await writer.flush();
      if (isDeleted || length === listedTurns) return;
      listedTurns = length;
      try {
        await new ConversationList(this.#storage).updateEntry(id, conversation);
      } catch (error) {
        this.#log(error);
      }
    };
    const subscription = conversation.onDidChange(({ event }) => {
      if (event.type === 'outcome') void list();
    });
    const close = async (): Promise<void> => {
      subscription.dispose();
      await writer.flush();
      writer.dispose();
      await list();
    };
    return { id, conversation, close };
  }

  #log(error: unknown): void {
    this.#storage.log.error(toError(error));
  }
}
