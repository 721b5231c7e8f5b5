import { isSnapshotOf } from '../claude/model.ts';
import type { ReplyEvent } from '../claude/reply-event.ts';
import type { Exchange } from '../claude/request.ts';
import { Emitter } from '../emitter.ts';
import type { Attachment } from '../prompt/attachment.ts';
import { pickImages, toUserText } from '../prompt/build-request.ts';
import type { Prompt } from '../prompt/prompt.ts';
import type { Reply } from './reply.ts';

/** One prompt with its reply. */
export interface Turn {
  /**
   * The id of the reply that it follows; null where it begins the conversation. Turns that follow
   * the same one are branches: a prompt that was edited, a reply that was asked for again.
   */
  readonly after: string | null;
  readonly prompt: Prompt;
  readonly attachments: readonly Attachment[];
  readonly reply: Reply;
}

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
  constructor(now: () => number, { mayGoOn: expectsFollowUps = true } = {}) {
    this.#now = now;
    this.mayGoOn = expectsFollowUps;
  }

  readonly mayGoOn: boolean;
  /** The model that its questions go to; null for the one in the settings. */
  model: string | null = null;

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
    return this.#branchTo(this.#last);
  }

  getTurn(replyId: string): Turn | undefined {
    return this.#turns.get(replyId);
  }

  /** The turns before this one in its branch. */
  turnsBefore({ after }: Turn): readonly Turn[] {
    return this.#branchTo(after === null ? undefined : this.#turns.get(after));
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
  switchTo(turn: Turn): void {
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

  #branchTo(last: Turn | undefined): readonly Turn[] {
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

/**
 * What was said before, as the API wants it back: each prompt as it was sent, and what came of its
 * reply. Turns without a reply are left out, and refused ones: the API asks to take them away.
 * @param model whom it is said to: another model's thinking isn't for it
 */
export function toExchanges(turns: readonly Turn[], model: string): readonly Exchange[] {
  return turns.flatMap(({ prompt, attachments, reply }) => {
    const { text, outcome } = reply;
    if (text.trim() === '' || outcome?.kind === 'refused') return [];
    const thoughts = isSnapshotOf(reply.receipt().model, model) ? reply.thoughts : [];
    return [
      {
        userText: toUserText(prompt, attachments),
        ...pickImages(attachments),
        reply: text,
        thoughts,
      },
    ];
  });
}
