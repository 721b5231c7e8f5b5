import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import type { Expectation } from './expectation.ts';

/** What the reply has shown so far. */
export class Progress {
  text = '';
  thinking = '';
  readonly #expected: Expectation;
  #usage: object | null = null;
  #stopReason: string | null = null;

  constructor(expected: Expectation) {
    this.#expected = expected;
  }

  get shown(): object {
    return {
      text: this.text,
      thinking: this.thinking,
      usage: this.#usage,
      stopReason: this.#stopReason,
    };
  }

  get isAllSeen(): boolean {
    const { text, usage, stopReason } = this.#expected;
    return (
      this.text === text &&
      this.#stopReason === stopReason &&
      (usage === null || this.#usage !== null)
    );
  }

  add(event: ReplyEvent): void {
    if (event.type === 'text') this.text += event.text;
    else if (event.type === 'thinking') this.thinking += event.text;
    else if (event.type === 'usage') this.#usage = event.usage;
    else if (event.type === 'stop-reason') this.#stopReason = event.stopReason;
  }
}
