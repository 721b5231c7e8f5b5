import { Emitter } from '../../core/emitter.ts';
import { toDay } from '../../core/time.ts';
import {
  createLedgerEntry,
  encodeEntry,
  type LedgerEntry,
  readLedger,
} from '../../core/usage/ledger.ts';
import type { Receipt } from '../../core/usage/receipt.ts';
import { sumReceipts, type UsageSum } from '../../core/usage/usage-rows.ts';
import type { JournalStorage } from '../storage/journal-storage.ts';

export interface UsageLedgerOptions {
  readonly storage: JournalStorage;
  /** Called for each write that failed; must not throw. */
  readonly onProblem: (error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * What every reply has used, on the disk: a journal for each month, which several windows append
 * to. What the disk refuses is counted all the same, and goes with the next line.
 */
export class UsageLedger {
  readonly #options: Required<UsageLedgerOptions>;
  readonly #changed = new Emitter<void>();
  /** The months that this window has written to. */
  readonly #months = new Set<string>();
  #unwritten = '';
  /** The last write; it never rejects. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: UsageLedgerOptions) {
    this.#options = { now: Date.now, ...options };
  }

  /** Fires after this window has written a line, or tried to. */
  readonly onDidChange = this.#changed.event;

  /**
   * Another record of the same part of a reply replaces the one before. Resolves when it is on the
   * disk, or refused.
   * @param part which continuation it is; 0 for the reply's beginning
   * @param at when it was paid for, in milliseconds since 1970
   */
  record(reply: string, receipt: Receipt, part = 0, at = this.#options.now()): Promise<void> {
    this.#unwritten += encodeEntry(createLedgerEntry(reply, at, receipt, part));
    this.#last = this.#last.then(() => this.#write());
    return this.#last;
  }

  /** Records what a crash has kept from being recorded. Rejects as `entries` does. */
  async recordMissing(reply: string, receipt: Receipt, part: number, at: number): Promise<void> {
    const entries = await this.entries();
    if (entries.some((entry) => entry.reply === reply && (entry.part ?? 0) === part)) return;
    await this.record(reply, receipt, part, at);
  }

  /** Of all months, in no order. Rejects where the disk can't be read. */
  async entries(): Promise<readonly LedgerEntry[]> {
    return this.#read(await this.#options.storage.list());
  }

  /** What today's replies have used so far, in all windows. Rejects as `entries` does. */
  async today(): Promise<UsageSum> {
    return sumReceipts(await this.todaysEntries());
  }

  /** Rejects as `entries` does. */
  async todaysEntries(): Promise<readonly LedgerEntry[]> {
    const now = this.#options.now();
    const entries = await this.#read([monthKey(now)]);
    return entries.filter(({ at }) => toDay(at) === toDay(now));
  }

  /**
   * Forgets every reply, those of other windows too; what is recorded meanwhile may go along.
   * Rejects where the disk refuses: some may be left then.
   */
  clear(): Promise<void> {
    const cleared = this.#last.then(async () => {
      this.#unwritten = '';
      await this.#options.storage.clear();
      this.#months.clear();
    });
    this.#last = cleared.then(undefined, () => {});
    return cleared.finally(() => this.#changed.fire());
  }

  /** Resolves when all is written. */
  async close(): Promise<void> {
    await this.#last;
    for (const month of this.#months) await this.#options.storage.tidy(month);
  }

  async #read(months: readonly string[]): Promise<readonly LedgerEntry[]> {
    await this.#last;
    const texts = await Promise.all(months.map((month) => this.#options.storage.read(month)));
    return readLedger([...texts, this.#unwritten].join('\n'));
  }

  async #write(): Promise<void> {
    const text = this.#unwritten;
    if (text === '') return;
    const month = monthKey(this.#options.now());
    try {
      // On a line of its own, whatever another window has left unfinished.
      await this.#options.storage.append(month, `\n${text}`);
      this.#months.add(month);
      this.#unwritten = this.#unwritten.slice(text.length);
    } catch (error) {
      this.#options.onProblem(error);
    }
    this.#changed.fire();
  }
}

/** `2026-11`, a journal's name. */
function monthKey(at: number): string {
  return toDay(at).slice(0, 7);
}
