import type { ReplyEvent } from '../claude/reply-event.ts';
import { Emitter } from '../emitter.ts';
import type { Turn } from './turn.ts';

export interface TurnChange {
  readonly turn: Turn;
  readonly event: ReplyEvent;
  /** When it happened, on the conversation's clock, in milliseconds. */
  readonly at: number;
}

/** Turns in order: the source of truth for whoever shows them. */
export class Conversation {
  readonly #turns: Turn[] = [];
  readonly #now: () => number;
  readonly #added = new Emitter<Turn>();
  readonly #changed = new Emitter<TurnChange>();

  /** @param now milliseconds on a clock that never goes back */
  constructor(now: () => number) {
    this.#now = now;
  }

  readonly onDidAdd = this.#added.event;
  /** Fires after the turn's reply has applied the event. */
  readonly onDidChange = this.#changed.event;

  get turns(): readonly Turn[] {
    return this.#turns;
  }

  turnOf(replyId: string): Turn | undefined {
    return this.#turns.findLast((turn) => turn.reply.id === replyId);
  }

  add(turn: Turn): void {
    this.#turns.push(turn);
    this.#added.fire(turn);
  }

  apply(turn: Turn, event: ReplyEvent): TurnChange {
    const change = { turn, event, at: this.#now() };
    turn.reply.apply(event, change.at);
    this.#changed.fire(change);
    return change;
  }
}
