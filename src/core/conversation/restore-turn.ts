import type { PriceOverrides } from '../claude/price.ts';
import type { Gap, ReplayedTurn } from './journal-replay.ts';
import { Reply } from './reply.ts';
import type { Turn } from './turn.ts';

/** Stands in a restored reply where text of it is lost. */
export const gapMark = '[…]';

/**
 * A turn as it was, from what the journal tells of it.
 * @param previous the reply before it in the journal: what it follows unless the journal says so
 * @param startedAt when its reply started, on the clock that further events are told in
 * @param prices the user's own
 */
export function restoreTurn(
  { replyId, asked, events, gaps }: ReplayedTurn,
  previous: string | null,
  startedAt: number,
  prices: PriceOverrides = {},
): Turn {
  const reply = new Reply(replyId, asked?.model ?? '', startedAt, prices);
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
    after: asked?.after === undefined ? previous : asked.after,
    prompt: asked?.prompt ?? { kind: 'free', text: '' },
    attachments: asked?.attachments ?? [],
    reply,
  };
}

/** How much text a restored reply lacks: what was lost, less the marks that stand for it. */
export function missingLength(gaps: readonly Gap[]): number {
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
