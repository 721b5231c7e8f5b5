import type { Failure } from '../claude/failure.ts';
import type { ReplyEvent } from '../claude/reply-event.ts';
import { journalVersion, parseJson } from '../seal.ts';
import type { PriceOverrides } from '../usage/price.ts';
import type { Turn } from './conversation.ts';
import {
  decodeLine,
  type JournalHeader,
  type JournalNaming,
  type JournalRecord,
  type RecordedQuestion,
  readVersion,
} from './journal-record.ts';
import { Reply } from './reply.ts';

interface ReplayedEvent {
  readonly event: ReplyEvent;
  /** Milliseconds since the reply's start. */
  readonly at: number;
}

/**
 * Text that was written and can't be read: `length` UTF-16 code units, missing at `at` of what is
 * left.
 */
interface Gap {
  readonly at: number;
  readonly length: number;
}

export interface ReplayedTurn {
  readonly replyId: string;
  /** Null where the turn's own line is lost and only its reply is left. */
  readonly question: RecordedQuestion | null;
  /**
   * In order; the text deltas of one batch are one event. They end in an outcome, which only
   * `counted` may follow: where the journal has none, it is `broken` and `interrupted`; where text is
   * missing, `damaged`.
   */
  readonly events: readonly ReplayedEvent[];
  /** Where there is one, the reply isn't whole, whatever its outcome was. */
  readonly gaps: readonly Gap[];
  /** True where the journal breaks off before the reply's outcome. */
  readonly interrupted: boolean;
}

interface UnreadableLine {
  /** Counts from 1. */
  readonly line: number;
  /** UTF-16 code units. */
  readonly length: number;
  /** True where it is the last line and its end is missing: the write was cut off. */
  readonly torn: boolean;
}

export interface Replay {
  readonly kind: 'ok';
  /** Null where its line is unreadable. */
  readonly header: JournalHeader | null;
  /** The user's own for the conversation; null where there is none. */
  readonly name: string | null;
  /** When it was given or taken back, in milliseconds since 1970; 0 where it never was. */
  readonly namedAt: number;
  /** In the order in which they were added. */
  readonly turns: readonly ReplayedTurn[];
  readonly unreadable: readonly UnreadableLine[];
  /** Lines of kinds that only a newer version knows. */
  readonly unknown: number;
}

type ReplayResult =
  | Replay
  | { readonly kind: 'refused'; readonly reason: 'not-a-journal' }
  | { readonly kind: 'refused'; readonly reason: 'newer-version'; readonly version: number };

/**
 * Reads back all that a journal still tells, whatever became of the file: what can't be read is
 * left out and said, and a reply that it tore a hole into has a gap.
 */
export function replayJournal(text: string): ReplayResult {
  const drafts = new Map<string, TurnDraft>();
  const unreadable: UnreadableLine[] = [];
  const counts = new Map<string, number>();
  let header: JournalHeader | null = null;
  let naming: JournalNaming | null = null;
  let unknown = 0;

  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    // Writers begin anew on a line of their own, so an empty one is no damage.
    if (line === '') continue;
    const read = decodeLine(line);
    switch (read.kind) {
      case 'header':
        header ??= read.header;
        break;
      case 'newer':
        return { kind: 'refused', reason: 'newer-version', version: read.version };
      case 'unknown':
        unknown++;
        break;
      case 'unreadable':
        unreadable.push({
          line: index + 1,
          length: line.length,
          torn: index === lines.length - 1,
        });
        break;
      case 'naming':
        if (naming === null || naming.at <= read.naming.at) naming = read.naming;
        break;
      case 'record': {
        const { by, n, reply } = read.record;
        if (n <= (counts.get(by) ?? -1)) break;
        counts.set(by, n);
        const draft = drafts.get(reply) ?? new TurnDraft(reply);
        drafts.set(reply, draft);
        draft.add(read.record);
        break;
      }
    }
  }

  if (header === null && drafts.size === 0 && naming === null && unknown === 0)
    return toRefusal(lines);
  const turns = [...drafts.values()].map((draft) => draft.finish());
  const name = naming === null || naming.name === '' ? null : naming.name;
  const namedAt = naming?.at ?? 0;
  return { kind: 'ok', header, name, namedAt, turns, unreadable, unknown };
}

/** Nothing could be read: perhaps a later version seals its lines in another way. */
function toRefusal(lines: readonly string[]): ReplayResult {
  const first = lines.find((line) => line !== '') ?? '';
  const version = readVersion(parseJson(first));
  return version !== null && version > journalVersion
    ? { kind: 'refused', reason: 'newer-version', version }
    : { kind: 'refused', reason: 'not-a-journal' };
}

/** A turn while its records are read. */
class TurnDraft {
  readonly #replyId: string;
  #question: RecordedQuestion | null = null;
  readonly #events: ReplayedEvent[] = [];
  readonly #gaps: Gap[] = [];
  #text = '';
  /** How much text was written, as far as it is known: where the next one begins. */
  #written = 0;

  constructor(replyId: string) {
    this.#replyId = replyId;
  }

  add(record: JournalRecord): void {
    if ('turn' in record) {
      this.#question = record.turn;
      return;
    }
    this.#expect(record.offset);
    if ('event' in record) {
      this.#push({ event: record.event, at: record.ms });
      return;
    }
    const text = this.#withoutRepetition(record.text, this.#written - record.offset);
    this.#text += text;
    this.#written += text.length;
    this.#push({ event: { type: 'text', text }, at: record.ms });
  }

  finish(): ReplayedTurn {
    const interrupted = this.#end();
    if (this.#gaps.length > 0) {
      const outcome = this.#events.findLastIndex(({ event }) => event.type === 'outcome');
      const [ended] = this.#events.splice(outcome);
      this.#events.push(
        brokenOutcomeAt(ended?.at ?? 0, { kind: 'damaged', missing: totalLength(this.#gaps) }),
      );
    }
    return {
      replyId: this.#replyId,
      question: this.#question,
      events: this.#events,
      gaps: this.#gaps,
      interrupted,
    };
  }

  /** Between an outcome and what follows stands `continued`, whichever of them is lost. */
  #push(next: ReplayedEvent): void {
    if (next.event.type === 'continued') this.#end();
    else if (this.#hasEnded() && next.event.type !== 'counted') {
      this.#events.push({ event: { type: 'continued' }, at: next.at });
    }
    this.#events.push(next);
  }

  /** Every reply ends in an outcome. True where this one had none. */
  #end(): boolean {
    if (this.#hasEnded()) return false;
    this.#events.push(brokenOutcomeAt(this.#events.at(-1)?.at ?? 0, { kind: 'interrupted' }));
    return true;
  }

  #hasEnded(): boolean {
    const last = this.#events.findLast(({ event }) => event.type !== 'counted');
    return last?.event.type === 'outcome';
  }

  #expect(offset: number): void {
    if (offset <= this.#written) return;
    this.#gaps.push({ at: this.#text.length, length: offset - this.#written });
    this.#written = offset;
  }

  /**
   * Two windows may have gone on from one place: what they wrote alike counts once, all else stays.
   */
  #withoutRepetition(text: string, length: number): string {
    if (length === 0) return text;
    const again = text.slice(0, length);
    return this.#text.startsWith(again, this.#text.length - length) ? text.slice(length) : text;
  }
}

function brokenOutcomeAt(at: number, failure: Failure): ReplayedEvent {
  return { event: { type: 'outcome', outcome: { kind: 'broken', failure } }, at };
}

function totalLength(gaps: readonly Gap[]): number {
  return gaps.reduce((sum, { length }) => sum + length, 0);
}

/** Stands in a restored reply where text of it is lost. */
const gapMark = '[…]';

/**
 * A turn as it was, from what the journal tells of it.
 * @param previous the reply before it in the journal: what it follows unless the journal says so
 * @param startedAt when its reply started, on the clock that further events are told in
 * @param prices the user's own
 */
export function restoreTurn(
  { replyId, question, events, gaps }: ReplayedTurn,
  previous: string | null,
  startedAt: number,
  prices: PriceOverrides = {},
): Turn {
  const reply = new Reply(replyId, question?.model ?? '', startedAt, prices, question?.at);
  const marks = new GapMarks(gaps);
  for (const { event, at } of events) {
    if (event.type === 'text' || event.type === 'outcome') {
      const text = marks.before(event.type === 'text' ? event.text.length : 0);
      if (text !== '') reply.apply({ type: 'text', text }, startedAt + at);
    }
    reply.apply(event, startedAt + at);
  }
  return {
    // Journals from before branches don't say it.
    after: question?.after === undefined ? previous : question.after,
    prompt: question?.prompt ?? { kind: 'free', text: '' },
    attachments: question?.attachments ?? [],
    reply,
  };
}

/** How much text a restored reply lacks: what was lost, less the marks that stand for it. */
export function countMissing(gaps: readonly Gap[]): number {
  return gaps.reduce((sum, { length }) => sum + length - gapMark.length, 0);
}

/** Gaps lie between two events: here they get their marks, each once. */
class GapMarks {
  readonly #left: Gap[];
  #length = 0;

  constructor(gaps: readonly Gap[]) {
    this.#left = [...gaps];
  }

  /** The marks that belong before an event that adds so much text. */
  before(added: number): string {
    let marks = '';
    while (this.#left[0] !== undefined && this.#left[0].at <= this.#length) {
      this.#left.shift();
      marks += gapMark;
    }
    this.#length += added;
    return marks;
  }
}
