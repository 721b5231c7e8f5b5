import * as vscode from 'vscode';
import type { PriceOverrides } from '../../core/claude/price.ts';
import { Conversation } from '../../core/conversation/conversation.ts';
import { type Replay, replayJournal } from '../../core/conversation/journal-replay.ts';
import { restoreTurn } from '../../core/conversation/restore-turn.ts';
import type { JournalStorage } from './journal-storage.ts';
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
  readonly #storage: JournalStorage;
  readonly #log: vscode.LogOutputChannel;
  readonly #prices: () => PriceOverrides;

  /** @param prices the user's own, for the receipts of what is restored */
  constructor(
    storage: JournalStorage,
    log: vscode.LogOutputChannel,
    prices: () => PriceOverrides = () => ({}),
  ) {
    this.#storage = storage;
    this.#log = log;
    this.#prices = prices;
  }

  create(): OpenConversation {
    return this.#follow(crypto.randomUUID(), newConversation(), null);
  }

  /** Null where there is no such conversation, or it can't be read. */
  async open(id: string): Promise<OpenConversation | null> {
    if (!/^[\w-]+$/.test(id)) return null;
    const text = await this.#read(id);
    if (text === null) return null;
    const replay = replayJournal(text);
    if (replay.kind === 'refused') {
      this.#log.warn(`The conversation ${id} can't be read: ${replay.reason}`);
      void vscode.window.showWarningMessage(
        vscode.l10n.t('A saved conversation can’t be read by this version of Claude Stream.'),
      );
      return null;
    }
    const conversation = newConversation();
    for (const turn of replay.turns) {
      const startedAt = (turn.asked?.at ?? performance.timeOrigin) - performance.timeOrigin;
      const previous = conversation.turns.at(-1)?.reply.id ?? null;
      conversation.add(restoreTurn(turn, previous, startedAt, this.#prices()));
    }
    return this.#follow(id, conversation, replay);
  }

  async #read(id: string): Promise<string | null> {
    try {
      return await this.#storage.read(id);
    } catch (error) {
      this.#log.error(error instanceof Error ? error : String(error));
      return null;
    }
  }

  #follow(id: string, conversation: Conversation, resumed: Replay | null): OpenConversation {
    const place = { storage: this.#storage, name: id, resumed };
    const writer = new JournalWriter(conversation, place, (error) => {
      this.#log.error(error instanceof Error ? error : String(error));
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'The conversation can’t be saved to the disk. It goes on, and is kept until VS Code closes.',
        ),
      );
    });
    const close = async (): Promise<void> => {
      await writer.flush();
      writer.dispose();
    };
    return { id, conversation, close };
  }
}

function newConversation(): Conversation {
  return new Conversation(() => performance.now());
}
