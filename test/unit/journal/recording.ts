import fc from 'fast-check';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { Conversation, type Turn } from '../../../src/core/conversation/conversation.ts';
import {
  type Replay,
  type ReplayedTurn,
  replayJournal,
  restoreTurn,
} from '../../../src/core/conversation/journal-replay.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';

import { JournalWriter } from '../../../src/host/storage/journal-writer.ts';
import { MemoryStorage } from '../../fakes/memory-storage.ts';
import { HandClock } from './hand-clock.ts';
import { anyAttachment, anyEvent, anyPrompt } from './samples.ts';

export const journalName = 'c1';

/** A conversation that a writer writes down into memory, by a clock that a test moves. */
export class Recording {
  readonly clock: HandClock;
  readonly storage: MemoryStorage;
  readonly conversation: Conversation;
  readonly writer: JournalWriter;
  readonly problems: unknown[] = [];
  #turns = 0;

  /** @param before the session that this one goes on from, after a crash or an orderly end */
  constructor(before?: { readonly storage: MemoryStorage; readonly clock: HandClock }) {
    this.clock = before?.clock ?? new HandClock();
    this.storage = before?.storage ?? new MemoryStorage();
    this.conversation = new Conversation(this.clock.now);
    const text = this.storage.text(journalName);
    const resumed = text === null ? null : replayed(text);
    for (const saved of resumed?.turns ?? []) {
      const startedAt = (saved.question?.at ?? this.clock.origin) - this.clock.origin;
      const previous = this.conversation.turns.at(-1)?.reply.id ?? null;
      this.conversation.add(restoreTurn(saved, previous, startedAt));
    }
    this.writer = new JournalWriter(
      this.conversation,
      { storage: this.storage, name: journalName, resumed },
      (problem) => this.problems.push(problem),
      this.clock,
    );
  }

  get text(): string {
    return this.storage.text(journalName) ?? '';
  }

  get replay(): Replay {
    return replayed(this.text);
  }

  ask(asked: Partial<Pick<Turn, 'prompt' | 'attachments'>> = {}): Turn {
    const id = `r${this.conversation.turns.length}-${this.#turns++}`;
    const askedOn = this.clock.origin + this.clock.now();
    const reply = new Reply(id, 'claude-sonnet-5-5', this.clock.now(), {}, askedOn);
    const after = this.conversation.branch.at(-1)?.reply.id ?? null;
    const turn: Turn = { after, prompt: { kind: 'explain' }, attachments: [], ...asked, reply };
    this.conversation.add(turn);
    return turn;
  }

  tell(turn: Turn, ...events: readonly ReplyEvent[]): void {
    for (const event of events) this.conversation.apply(turn, event);
  }
}

export function replayed(text: string): Replay {
  const result = replayJournal(text);
  if (result.kind !== 'ok') throw new Error(`refused: ${result.reason}`);
  return result;
}

export function textOf({ events }: ReplayedTurn): string {
  return events.map(({ event }) => (event.type === 'text' ? event.text : '')).join('');
}

export const text = (words: string): ReplyEvent => ({ type: 'text', text: words });
export const complete: ReplyEvent = { type: 'outcome', outcome: { kind: 'complete' } };

/** What happens, one after the other; `turn` counts round the turns that are there. */
type Step =
  | {
      readonly do: 'ask';
      readonly prompt: Turn['prompt'];
      readonly attachments: Turn['attachments'];
    }
  | { readonly do: 'tell'; readonly turn: number; readonly event: ReplyEvent }
  | { readonly do: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      prompt: anyPrompt,
      attachments: fc.array(anyAttachment, { maxLength: 1 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('tell' as const),
      turn: fc.nat(),
      event: anyEvent,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.integer({ min: 1, max: 150 }),
    }),
  },
);
export const script = fc.array(step, { minLength: 5, maxLength: 60 });

/** What was told of a reply. */
export interface Told {
  readonly turn: Turn;
  /** Its length at each of its outcomes. */
  readonly endedAt: number[];
}

/** Lets it all happen and be written. */
export async function play(
  steps: readonly Step[],
  recording = new Recording(),
): Promise<{ readonly recording: Recording; readonly told: ReadonlyMap<string, Told> }> {
  const told = new Map<string, Told>();
  const { conversation } = recording;
  recording.ask();
  for (const next of steps) {
    if (next.do === 'wait') await recording.clock.advance(next.ms);
    else if (next.do === 'ask') recording.ask(next);
    else {
      const turn = conversation.turns[next.turn % conversation.turns.length];
      if (turn === undefined) continue;
      const before = turn.reply.outcome;
      recording.tell(turn, next.event);
      const of = told.get(turn.reply.id) ?? { turn, endedAt: [] };
      told.set(turn.reply.id, of);
      if (before === null && turn.reply.outcome !== null) of.endedAt.push(turn.reply.text.length);
    }
  }
  await recording.writer.flush();
  return { recording, told };
}
