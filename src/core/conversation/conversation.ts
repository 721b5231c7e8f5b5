import type { ReplyEvent } from '../claude/reply-event.ts';
import { Emitter } from '../emitter.ts';
import type { Turn } from './turn.ts';

export interface TurnChange {
  readonly turn: Turn;
  readonly event: ReplyEvent;
  /** When it happened, on the conversation's clock, in milliseconds. */
  readonly at: number;
}

/** Turns with their branches: the source of truth for whoever shows them. */
export class Conversation {
  readonly #turns = new Map<string, Turn>();
  readonly #now: () => number;
  readonly #added = new Emitter<Turn>();
  readonly #changed = new Emitter<TurnChange>();
  readonly #switched = new Emitter<void>();
  /** The last turn of the branch in view. */
  #last: Turn | undefined;

  /**
   * @param now milliseconds on a clock that never goes back
   * @param options `mayGoOn` where follow-ups are to be expected
   */
  constructor(now: () => number, { mayGoOn = true } = {}) {
    this.#now = now;
    this.mayGoOn = mayGoOn;
  }

  readonly mayGoOn: boolean;

  /** Fires for every turn that was added. */
  readonly onDidAdd = this.#added.event;
  /** Fires after the turn's reply has applied the event. */
  readonly onDidChange = this.#changed.event;
  /**
   * Fires when another branch came into view: also after a turn was added that isn't the next one.
   */
  readonly onDidSwitch = this.#switched.event;

  /** Every turn of every branch, in the order in which they were added. */
  get turns(): readonly Turn[] {
    return [...this.#turns.values()];
  }

  /** The branch in view, from its first turn to its last. */
  get branch(): readonly Turn[] {
    return this.#upTo(this.#last);
  }

  turnOf(replyId: string): Turn | undefined {
    return this.#turns.get(replyId);
  }

  /** The turns before this one in its branch. */
  before({ after }: Turn): readonly Turn[] {
    return this.#upTo(after === null ? undefined : this.#turns.get(after));
  }

  /**
   * The turns that follow the same one, with the turn itself, in the order in which they were
   * added.
   */
  alternatives({ after }: Turn): readonly Turn[] {
    return this.turns.filter((turn) => turn.after === after);
  }

  /** Brings the turn's branch into view. */
  add(turn: Turn): void {
    const isNext = turn.after === (this.#last?.reply.id ?? null);
    this.#turns.set(turn.reply.id, turn);
    this.#last = turn;
    this.#added.fire(turn);
    if (!isNext) this.#switched.fire();
  }

  /** Brings the branch into view that goes through this turn, with the newest of what follows. */
  show(turn: Turn): void {
    const last = this.#newestBelow(turn);
    if (last === this.#last) return;
    this.#last = last;
    this.#switched.fire();
  }

  apply(turn: Turn, event: ReplyEvent): TurnChange {
    const change = { turn, event, at: this.#now() };
    turn.reply.apply(event, change.at);
    this.#changed.fire(change);
    return change;
  }

  #upTo(last: Turn | undefined): readonly Turn[] {
    const branch: Turn[] = [];
    for (let turn = last; turn !== undefined; ) {
      branch.push(turn);
      turn = turn.after === null ? undefined : this.#turns.get(turn.after);
    }
    return branch.reverse();
  }

  #newestBelow(turn: Turn): Turn {
    const { turns } = this;
    for (let last = turn; ; ) {
      const next = turns.findLast(({ after }) => after === last.reply.id);
      if (next === undefined) return last;
      last = next;
    }
  }
}
