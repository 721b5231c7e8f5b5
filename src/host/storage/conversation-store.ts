import * as vscode from 'vscode';
import { now } from '../../core/conversation/clock.ts';
import { Conversation } from '../../core/conversation/conversation.ts';
import type { Replay } from '../../core/conversation/journal-replay.ts';
import { toError } from '../../core/errors.ts';
import { logButton, showFailure } from '../failures/show-failure.ts';
import { ConversationList } from '../history/conversation-list.ts';
import type { HistoryPlaces } from '../history/history-places.ts';
import { restoreConversation } from '../history/restore-conversation.ts';
import { JournalWriter } from './journal-writer.ts';

/** A conversation that is written down while it grows. */
export interface OpenConversation {
  readonly id: string;
  readonly conversation: Conversation;
  /** Resolves when all is written; what happens afterwards isn't. */
  readonly close: () => Promise<void>;
}

/** Conversations on the disk, each as a journal. */
export class ConversationStore {
  readonly #places: HistoryPlaces;

  constructor(places: HistoryPlaces) {
    this.#places = places;
  }

  create(): OpenConversation {
    const conversation = new Conversation(now);
    return this.#follow(crypto.randomUUID(), conversation, null);
  }

  /**
   * Null where there is no such conversation, or it can't be read; the user is told of the latter.
   */
  async open(id: string): Promise<OpenConversation | null> {
    const restored = await restoreConversation(this.#places, id);
    return restored === null ? null : this.#follow(id, restored.conversation, restored.replay);
  }

  #follow(id: string, conversation: Conversation, resumed: Replay | null): OpenConversation {
    const place = { storage: this.#places.conversations, name: id, resumed };
    const writer = new JournalWriter(conversation, place, (error) => {
      this.#log(error);
      void showFailure(
        vscode.l10n.t(
          'The conversation can’t be saved to the disk. It goes on, and is kept until VS Code closes.',
        ),
        [logButton()],
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
      if (length === listedTurns) return;
      listedTurns = length;
      try {
        await new ConversationList(this.#places).record(id, conversation);
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
    this.#places.log.error(toError(error));
  }
}
