import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { encodeNaming } from '../../core/conversation/journal-encode.ts';
import { type Replay, replayJournal } from '../../core/conversation/journal-replay.ts';
import { toError } from '../../core/errors.ts';
import { encodeListing, encodeName } from '../../core/history/index-record.ts';
import {
  compactIndex,
  isWorthCompacting,
  type Listed,
  replayIndex,
} from '../../core/history/index-replay.ts';
import { newestListed } from '../../core/history/newest-listed.ts';
import { type Summary, summaryOf } from '../../core/history/summary.ts';
import type { HistoryPlaces } from './history-places.ts';
import { tellDamaged } from './tell-damaged.ts';

/** The index's name in its storage. */
const indexName = 'index';
/** Each window appends files of its own to the index: from so many on they are made one. */
const mostFiles = 64;
/** Journals that are read at the same time. */
const atOnce = 16;

/** A list of conversations as it was at one moment. */
export interface Listing {
  /** Newest first. */
  readonly listed: readonly Listed[];
  /** The ids of those that the index doesn't tell of. */
  readonly missing: readonly string[];
}

/** The beginning of a list, before all of the index was read. */
export interface FirstPage {
  /** Newest first. */
  readonly listed: readonly Listed[];
  /** How many conversations there are. */
  readonly count: number;
  readonly whole: () => Listing;
}

/**
 * Every conversation on the disk, told from the index: an append-only journal that windows share.
 * The folders of the conversations are the truth; what the index lacks is read from them and added.
 * Keeps nothing between two calls.
 */
export class ConversationList {
  readonly #places: HistoryPlaces;

  constructor(places: HistoryPlaces) {
    this.#places = places;
  }

  /** Reads the index, and no conversation. */
  async read(): Promise<Listing> {
    const [text, ids] = await this.#indexAndIds();
    return this.#listingOf(text, ids);
  }

  /** The newest at once, and all of them when they are asked for. */
  async readFirst(length: number): Promise<FirstPage> {
    const [text, ids] = await this.#indexAndIds();
    return {
      listed: newestListed(text, new Set(ids), length),
      count: ids.length,
      whole: () => this.#listingOf(text, ids),
    };
  }

  /** One conversation as it is listed; null where it isn't. */
  async find(id: string): Promise<Listed | null> {
    const { listed } = await this.read();
    return listed.find((conversation) => conversation.id === id) ?? null;
  }

  /**
   * Reads conversations that the index lacks, some at a time, and adds them to it. Damaged ones are
   * set aside, and said.
   */
  async *recover(missing: readonly string[], signal?: AbortSignal): AsyncGenerator<Listed[]> {
    const damaged: string[] = [];
    for (let from = 0; from < missing.length && signal?.aborted !== true; from += atOnce) {
      const ids = missing.slice(from, from + atOnce);
      const found: Listed[] = [];
      const lines: string[] = [];
      for (const { id, replay } of await this.readAll(ids, damaged)) {
        const summary = summaryOfReplay(replay);
        if (summary === null) continue;
        found.push({ id, ...summary, name: replay.name });
        lines.push(encodeListing(id, summary));
        if (replay.name !== null) lines.push(encodeName(id, replay.name, 0));
      }
      await this.#append(lines);
      yield found;
    }
    tellDamaged(damaged);
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
  async readOne(id: string, damaged: string[]): Promise<Replay | 'missing' | 'damaged' | 'newer'> {
    const { conversations, log } = this.#places;
    try {
      const text = await conversations.read(id);
      if (text === null) return 'missing';
      const replay = replayJournal(text);
      if (replay.kind === 'ok') return replay;
      log.warn(`The conversation ${id} can't be read: ${replay.reason}`);
      if (replay.reason === 'newer-version') return 'newer';
      damaged.push(await conversations.setAside(id));
      return 'damaged';
    } catch (error) {
      this.#log(error);
      return 'missing';
    }
  }

  /** Notes what a list says of a conversation. */
  async record(id: string, conversation: Conversation): Promise<void> {
    const summary = summaryOfLive(conversation);
    if (summary === null) return;
    await this.#append([encodeListing(id, summary)]);
    this.#places.changed.fire();
    await this.#compact(null, mostFiles);
  }

  /** @param name empty for the first question's words again */
  async rename(id: string, name: string): Promise<void> {
    const at = Date.now();
    const naming = encodeNaming({ by: crypto.randomUUID().slice(0, 8), n: 0, name, at });
    // On a line of its own, whatever the journal ends in.
    await this.#places.conversations.append(id, `\n${naming}\n`);
    await this.#append([encodeName(id, name, at)]);
    this.#places.changed.fire();
  }

  async delete(id: string): Promise<void> {
    await this.#places.conversations.delete(id);
    this.#places.changed.fire();
  }

  async deleteAll(): Promise<void> {
    await this.#places.conversations.clear();
    await this.#places.index.clear();
    this.#places.changed.fire();
  }

  #indexAndIds(): Promise<[string, readonly string[]]> {
    return Promise.all([this.#indexText(), this.#places.conversations.list()]);
  }

  #listingOf(text: string, ids: readonly string[]): Listing {
    const { listed, lines } = replayIndex(text);
    // Detached: whoever opens a list doesn't wait for housekeeping. It doesn't reject.
    if (isWorthCompacting(lines, ids.length)) void this.#compact(ids, 1);
    const known: Listed[] = [];
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
    const { conversations, index } = this.#places;
    try {
      const ids = new Set(known ?? (await conversations.list()));
      await index.rewrite(indexName, (text) => compactIndex(replayIndex(text), ids), leastFiles);
    } catch (error) {
      this.#log(error);
    }
  }

  async #indexText(): Promise<string> {
    try {
      return (await this.#places.index.read(indexName)) ?? '';
    } catch (error) {
      this.#log(error);
      return '';
    }
  }

  /** What fails is only slower the next time: it is read from the journals then. */
  async #append(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    try {
      await this.#places.index.append(indexName, `\n${lines.join('\n')}\n`);
    } catch (error) {
      this.#log(error);
    }
  }

  #log(error: unknown): void {
    this.#places.log.error(toError(error));
  }
}

export function summaryOfLive({ turns }: Conversation): Summary | null {
  const questions = turns.map(({ prompt, attachments, reply }) => {
    const at = Math.round(performance.timeOrigin + reply.askedAt);
    return { at, prompt, attachments };
  });
  return summaryOf(questions, vscode.l10n);
}

/** A question whose line is lost is still one. */
export function summaryOfReplay({ header, turns }: Replay): Summary | null {
  const lost = {
    at: header?.created ?? 0,
    prompt: { kind: 'free', text: '' },
    attachments: [],
  } as const;
  return summaryOf(
    turns.map(({ asked }) => asked ?? lost),
    vscode.l10n,
  );
}
