import type { Conversation, Turn, TurnChange } from '../../core/conversation/conversation.ts';
import { encodeHeader, encodeRecord } from '../../core/conversation/journal-record.ts';
import { countMissing, type Replay } from '../../core/conversation/journal-replay.ts';
import { joinSubscriptions, type Subscription } from '../../core/emitter.ts';
import { JournalDeletedError, type JournalStorage } from './journal-storage.ts';

/**
 * A change is handed to the disk this long after it, at the latest; a crash loses 250 ms at most.
 */
const batchMs = 200;
/** A disk that failed is tried again no sooner: each try carries all that has gathered since. */
const retryMs = 2000;

export interface JournalClock {
  /** By the calendar: milliseconds since 1970. */
  date(): number;
  after(ms: number, run: () => void): Subscription;
}

const systemClock: JournalClock = {
  date: Date.now,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return { dispose: () => clearTimeout(timer) };
  },
};

export interface JournalTarget {
  readonly storage: JournalStorage;
  /** The journal's name: the conversation's id. */
  readonly name: string;
  /** What the journal told when the conversation was restored from it; null for a new one. */
  readonly resumed: Replay | null;
}

/** What is known of a reply that the journal holds. */
interface Started {
  /** On the clock. */
  readonly at: number;
  /** Text that the journal counts and the reply hasn't; below 0 where marks for it are longer. */
  readonly missing: number;
}

/** Deltas on their way into one record. */
interface Deltas {
  readonly type: 'text' | 'thinking';
  readonly ms: number;
  readonly offset: number;
  text: string;
}

/**
 * Writes down a conversation while it grows: follow it before its first new turn. Changes gather
 * for a moment and are then appended at once, one write at a time. What the disk refuses is kept
 * and goes with the next batch, until the disk takes it; `onProblem` (which must not throw) is told
 * once until a write succeeds again. Where the journal was deleted it is told that, and no more is
 * written.
 */
export class JournalWriter {
  readonly #storage: JournalStorage;
  readonly #name: string;
  readonly #onProblem: (error: unknown) => void;
  readonly #clock: JournalClock;
  readonly #subscriptions: Subscription;
  /** Names this writer's records: two windows may write down one conversation. */
  readonly #by = crypto.randomUUID().slice(0, 8);
  readonly #started = new Map<string, Started>();
  readonly #deltas = new Map<string, Deltas>();
  /** Encoded once, kept until they are written. */
  readonly #lines: string[] = [];
  #count = 0;
  #timer: Subscription | undefined;
  /** The last write; it never rejects. */
  #last: Promise<void> = Promise.resolve();
  /** The write that waits for the one in flight. */
  #next: Promise<void> | null = null;
  #failed = false;
  /** Whether the journal may end in the middle of a line. */
  #maybeTorn: boolean;
  #replyEnded = false;
  #disposed = false;

  constructor(
    conversation: Conversation,
    { storage, name, resumed }: JournalTarget,
    onProblem: (error: unknown) => void,
    clock: JournalClock = systemClock,
  ) {
    this.#storage = storage;
    this.#name = name;
    this.#onProblem = onProblem;
    this.#clock = clock;
    this.#maybeTorn = resumed !== null;
    if ((resumed?.header ?? null) === null) {
      const created = Math.round(clock.date());
      this.#lines.push(encodeHeader({ id: name, created }));
    }
    const gaps = new Map(resumed?.turns.map((turn) => [turn.replyId, turn.gaps]));
    for (const { reply } of resumed === null ? [] : conversation.turns) {
      const missing = countMissing(gaps.get(reply.id) ?? []);
      this.#started.set(reply.id, { at: reply.requestedAt, missing });
    }
    this.#subscriptions = joinSubscriptions(
      conversation.onDidAdd((turn) => {
        this.#start(turn);
        this.#writeSoon();
      }),
      conversation.onDidChange((change) => this.#follow(change)),
    );
  }

  /** Resolves when all that has happened is written, or the disk has refused it. */
  flush(): Promise<void> {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#next ??= this.#last.then(() => {
      this.#next = null;
      return this.#write();
    });
    this.#last = this.#next;
    return this.#next;
  }

  /** Hears no more; what has gathered is still handed to the disk. */
  dispose(): void {
    this.#subscriptions.dispose();
    this.#disposed = true;
    // Detached on purpose: it never rejects, and whoever needs to wait calls `flush`.
    void this.flush();
  }

  #stop(): void {
    this.#subscriptions.dispose();
    this.#timer?.dispose();
    this.#disposed = true;
    this.#lines.length = 0;
    this.#deltas.clear();
  }

  #start({ after, prompt, attachments, reply }: Turn): Started {
    const started = { at: reply.requestedAt, missing: 0 };
    this.#started.set(reply.id, started);
    this.#record({
      reply: reply.id,
      turn: {
        at: Math.round(reply.askedOn),
        model: reply.receipt().model,
        after,
        prompt,
        attachments,
      },
    });
    return started;
  }

  #follow({ turn, event, at }: TurnChange): void {
    const { reply } = turn;
    const isOutcome = event.type === 'outcome' && event.outcome === reply.outcome;
    const isCount = event.type === 'counted';
    // A reply that has ended took no notice of anything else, so it didn't happen.
    if (reply.outcome === null ? isCount : !isOutcome && !isCount) return;
    const gathering = this.#deltas.get(reply.id);
    if (gathering !== undefined && gathering.type === event.type) {
      gathering.text += event.text;
      this.#writeSoon();
      return;
    }

    const started = this.#started.get(reply.id) ?? this.#start(turn);
    const added = event.type === 'text' ? event.text.length : 0;
    const offset = started.missing + reply.text.length - added;
    const ms = sinceStart(at - started.at);

    if (event.type === 'text' || event.type === 'thinking') {
      this.#recordDeltas(reply.id);
      this.#deltas.set(reply.id, { type: event.type, ms, offset, text: event.text });
    } else {
      this.#recordDeltas(reply.id);
      this.#record({ reply: reply.id, ms, offset, event });
    }

    if (isOutcome || isCount) {
      this.#replyEnded = true;
      void this.flush();
    } else {
      this.#writeSoon();
    }
  }

  #recordDeltas(reply: string): void {
    const deltas = this.#deltas.get(reply);
    if (deltas === undefined) return;
    this.#deltas.delete(reply);
    const { type, ms, offset, text } = deltas;
    if (type === 'text') this.#record({ reply, ms, offset, text });
    else this.#record({ reply, ms, offset, event: { type, text } });
  }

  #record(record: Unnamed<Parameters<typeof encodeRecord>[0]>): void {
    this.#lines.push(encodeRecord({ by: this.#by, n: this.#count++, ...record }));
  }

  #writeSoon(): void {
    if (this.#disposed) return;
    this.#timer ??= this.#clock.after(this.#failed ? retryMs : batchMs, () => void this.flush());
  }

  async #write(): Promise<void> {
    for (const reply of [...this.#deltas.keys()]) this.#recordDeltas(reply);
    const taken = this.#lines.length;
    // A header alone is worth no file: a conversation begins with its first turn.
    if (taken === 0 || this.#count === 0) return;
    try {
      const text = `${this.#lines.join('\n')}\n`;
      // On a line of its own, so that what a torn line damages is that line alone.
      await this.#storage.append(this.#name, this.#maybeTorn ? `\n${text}` : text);
    } catch (error) {
      if (error instanceof JournalDeletedError) {
        this.#stop();
        this.#onProblem(error);
        return;
      }
      this.#maybeTorn = true;
      if (!this.#failed) this.#onProblem(error);
      this.#failed = true;
      // Also where nothing more happens: a window's end may come without another chance to write.
      this.#writeSoon();
      return;
    }
    this.#lines.splice(0, taken);
    this.#maybeTorn = false;
    this.#failed = false;
    if (!this.#replyEnded) return;
    this.#replyEnded = false;
    await this.#storage.tidy(this.#name);
  }
}

/** A record before it has its name. */
type Unnamed<R> = R extends unknown ? Omit<R, 'by' | 'n'> : never;

/** Hundredths are enough for a receipt, and short. A clock that was set back says 0. */
function sinceStart(ms: number): number {
  return Math.max(0, Math.round(ms * 100) / 100);
}
