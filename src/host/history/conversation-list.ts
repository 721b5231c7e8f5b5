import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { encodeNaming } from '../../core/conversation/journal-record.ts';
import { type Replay, replayJournal } from '../../core/conversation/journal-replay.ts';
import { toError } from '../../core/errors.ts';
import {
  compactIndex,
  displayTitle,
  encodeListing,
  encodeName,
  type ListedConversation,
  readNewest,
  replayIndex,
  shouldCompact,
} from '../../core/history/history-index.ts';
import type { Calendar } from '../../core/history/periods.ts';
import { type Summary, summarise } from '../../core/history/summary.ts';
import { getLanguage } from '../../core/l10n.ts';
import type { PriceOverrides } from '../../core/usage/price.ts';
import type { JournalStorage } from '../storage/journal-storage.ts';

/**
 * Why there is no conversation: it isn't there, was set aside, is a later version's, or the disk
 * refuses it now.
 */
type UnreadConversation = 'missing' | 'damaged' | 'newer' | 'unreadable';

/** Where conversations are kept, and who is told of changes among them. */
export interface HistoryStorage {
  readonly conversations: JournalStorage;
  /** The journal `index` alone, apart from those that it lists. */
  readonly index: JournalStorage;
  /** Fires when the list of conversations in this window's eyes is another. */
  readonly changed: Pick<vscode.EventEmitter<void>, 'fire'>;
  /** The user's own, for the receipts of what is restored. */
  readonly prices: () => PriceOverrides;
  readonly log: vscode.LogOutputChannel;
}

/** Says once which conversations were set aside. @param names of their folders */
export function notifyDamaged(names: readonly string[]): void {
  const [first, ...others] = names;
  if (first === undefined) return;
  void vscode.window.showWarningMessage(
    others.length === 0
      ? vscode.l10n.t('A saved conversation is damaged and was set aside as {0}.', first)
      : vscode.l10n.t(
          '{0} saved conversations are damaged and were set aside, the first as {1}.',
          names.length,
          first,
        ),
  );
}

/** What a list calls a conversation. */
export function conversationLabel(listed: Pick<ListedConversation, 'name' | 'title'>): string {
  return displayTitle(listed) || vscode.l10n.t('Untitled');
}

/** `3 replies · retry.ts, sleep.ts` */
export function contentsText({
  replies,
  files,
}: Pick<ListedConversation, 'replies' | 'files'>): string {
  const count = replies === 1 ? vscode.l10n.t('1 reply') : vscode.l10n.t('{0} replies', replies);
  return files.length === 0 ? count : `${count} · ${files.join(', ')}`;
}

/** Dates from now on, in the language of their words. */
export function currentCalendar(): Calendar {
  return { now: Date.now(), locale: getLanguage(vscode.l10n), l10n: vscode.l10n };
}

/** The index's name in its storage. */
const indexName = 'index';
/** Each window appends files of its own to the index: from so many on they are made one. */
const maxIndexFiles = 64;
/** Journals that are read at the same time. */
const readConcurrency = 16;

/** A list of conversations as it was at one moment. */
interface Listing {
  /** Newest first. */
  readonly listed: readonly ListedConversation[];
  /** The ids of those that the index doesn't tell of. */
  readonly missing: readonly string[];
}

/** The beginning of a list, before all of the index was read. */
interface FirstPage {
  /** Newest first. */
  readonly listed: readonly ListedConversation[];
  /** How many conversations there are. */
  readonly count: number;
  readonly loadAll: () => Listing;
}

/**
 * Every conversation on the disk, told from the index: an append-only journal that windows share.
 * The folders of the conversations are the truth; what the index lacks is read from them and added.
 * Keeps nothing between two calls.
 */
export class ConversationList {
  readonly #storage: HistoryStorage;

  constructor(places: HistoryStorage) {
    this.#storage = places;
  }

  /** Reads the index, and no conversation. */
  async read(): Promise<Listing> {
    const [text, ids] = await this.#indexAndIds();
    return this.#createListing(text, ids);
  }

  /** The newest at once, and all of them when they are asked for. */
  async readFirst(length: number): Promise<FirstPage> {
    const [text, ids] = await this.#indexAndIds();
    return {
      listed: readNewest(text, new Set(ids), length),
      count: ids.length,
      loadAll: () => this.#createListing(text, ids),
    };
  }

  /** One conversation as it is listed; null where it isn't. */
  async find(id: string): Promise<ListedConversation | null> {
    const { listed } = await this.read();
    return listed.find((conversation) => conversation.id === id) ?? null;
  }

  /**
   * Reads conversations that the index lacks, some at a time, and adds them to it. Damaged ones are
   * set aside, and said.
   */
  async *recover(
    missing: readonly string[],
    signal?: AbortSignal,
  ): AsyncGenerator<ListedConversation[]> {
    const damaged: string[] = [];
    for (let from = 0; from < missing.length && signal?.aborted !== true; from += readConcurrency) {
      const ids = missing.slice(from, from + readConcurrency);
      const found: ListedConversation[] = [];
      const lines: string[] = [];
      for (const { id, replay } of await this.readAll(ids, damaged)) {
        const summary = summarizeReplay(replay);
        if (summary === null) continue;
        found.push({ id, ...summary, name: replay.name });
        lines.push(encodeListing(id, summary));
        if (replay.name !== null) lines.push(encodeName(id, replay.name, replay.namedAt));
      }
      await this.#append(lines);
      yield found;
    }
    notifyDamaged(damaged);
  }

  /**
   * Reads conversations back; what can't be read is left out.
   * @param damaged gets the names of those that were set aside
   */
  async readAll(
    ids: readonly string[],
    damaged: string[],
  ): Promise<readonly { readonly id: string; readonly replay: Replay }[]> {
    const read = await Promise.all(
      ids.map(async (id) => {
        const replay = await this.readOne(id, damaged);
        return typeof replay === 'string' ? [] : [{ id, replay }];
      }),
    );
    return read.flat();
  }

  /** @param damaged gets its name where it had to be set aside */
  async readOne(id: string, damaged: string[]): Promise<Replay | UnreadConversation> {
    const { conversations, log } = this.#storage;
    try {
      const text = await conversations.read(id);
      // A file may have been made and not filled, by a crash: nothing is damaged then.
      if (text === null || text.trim() === '') return 'missing';
      const replay = replayJournal(text);
      if (replay.kind === 'ok') return replay;
      log.warn(`The conversation ${id} can't be read: ${replay.reason}`);
      if (replay.reason === 'newer-version') return 'newer';
      damaged.push(await conversations.setAside(id));
      return 'damaged';
    } catch (error) {
      this.#log(error);
      return 'unreadable';
    }
  }

  /** Notes what a list says of a conversation. */
  async updateEntry(id: string, conversation: Conversation): Promise<void> {
    const summary = summarizeConversation(conversation);
    if (summary === null) return;
    await this.#append([encodeListing(id, summary)]);
    this.#storage.changed.fire();
    await this.#compact(null, maxIndexFiles);
  }

  /** @param name empty for the first question's words again */
  async rename(id: string, name: string): Promise<void> {
    // Later than the last name, also where the clock was set back since.
    const last = await this.readOne(id, []);
    if (last === 'damaged') return;
    const at = Math.max(Date.now(), (typeof last === 'string' ? 0 : last.namedAt) + 1);
    const naming = encodeNaming({ by: crypto.randomUUID().slice(0, 8), n: 0, name, at });
    // On a line of its own, whatever the journal ends in.
    await this.#storage.conversations.append(id, `\n${naming}\n`);
    await this.#append([encodeName(id, name, at)]);
    this.#storage.changed.fire();
  }

  /** The index first: its title is in no list then, whatever stops the rest. */
  async delete(id: string): Promise<void> {
    try {
      const ids = await this.#storage.conversations.list();
      await this.#compact(
        ids.filter((other) => other !== id),
        1,
      );
      await this.#storage.conversations.bury(id);
    } finally {
      this.#storage.changed.fire();
    }
  }

  /** As `delete`. Rejects where some are left. */
  async deleteAll(): Promise<void> {
    try {
      await this.#storage.index.clear();
      await this.#storage.conversations.buryAll();
    } finally {
      this.#storage.changed.fire();
    }
  }

  #indexAndIds(): Promise<[string, readonly string[]]> {
    return Promise.all([this.#indexText(), this.#storage.conversations.list()]);
  }

  #createListing(text: string, ids: readonly string[]): Listing {
    const { listed, lines } = replayIndex(text);
    // Detached: whoever opens a list doesn't wait for housekeeping. It doesn't reject.
    if (shouldCompact(lines, ids.length)) void this.#compact(ids, 1);
    const known: ListedConversation[] = [];
    const missing: string[] = [];
    for (const id of ids) {
      const found = listed.get(id);
      if (found === undefined) missing.push(id);
      else known.push(found);
    }
    return { listed: known.sort((a, b) => b.changed - a.changed), missing };
  }

  /** What fails stays as it is. @param known the ids of all conversations, where they are known */
  async #compact(known: readonly string[] | null, leastFiles: number): Promise<void> {
    const { conversations, index } = this.#storage;
    try {
      const ids = new Set(known ?? (await conversations.list()));
      await index.rewrite(indexName, (text) => compactIndex(replayIndex(text), ids), leastFiles);
    } catch (error) {
      this.#log(error);
    }
  }

  async #indexText(): Promise<string> {
    try {
      return (await this.#storage.index.read(indexName)) ?? '';
    } catch (error) {
      this.#log(error);
      return '';
    }
  }

  /** What fails is only slower the next time: it is read from the journals then. */
  async #append(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    try {
      await this.#storage.index.append(indexName, `\n${lines.join('\n')}\n`);
    } catch (error) {
      this.#log(error);
    }
  }

  #log(error: unknown): void {
    this.#storage.log.error(toError(error));
  }
}

export function summarizeConversation({ turns }: Conversation): Summary | null {
  const questions = turns.map(({ prompt, attachments, reply }) => {
    return { at: reply.askedOn, prompt, attachments };
  });
  return summarise(questions, vscode.l10n);
}

/** A question whose line is lost is still one. */
function summarizeReplay({ header, turns }: Replay): Summary | null {
  const lost = {
    at: header?.created ?? 0,
    prompt: { kind: 'free', text: '' },
    attachments: [],
  } as const;
  return summarise(
    turns.map(({ question }) => question ?? lost),
    vscode.l10n,
  );
}
