import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { checked } from '../../fakes/request.ts';
import { apiKey, request } from './request.ts';
import { within } from './within.ts';

export const deadlineMs = 5000;

/** A reply under way, with what it has shown. */
export class RunningReply {
  readonly events: ReplyEvent[] = [];
  /** What came although the user had stopped the reply. */
  readonly late: ReplyEvent[] = [];
  readonly done: Promise<void>;
  readonly #stop = new AbortController();
  readonly #waiting: { readonly type: ReplyEvent['type']; readonly resolve: () => void }[] = [];

  constructor(baseUrl: string, onEvent: (event: ReplyEvent, reply: RunningReply) => void) {
    const claude = connect({
      apiKey,
      baseUrl,
      // Nothing but the user ends these replies.
      idleTimeoutMs: 60_000,
      maxRetries: 2,
      onListenerError: (error) => {
        throw error;
      },
    });
    this.done = claude.streamReply(checked(request), {
      signal: this.#stop.signal,
      emit: (event) => {
        this.events.push(event);
        if (this.#stop.signal.aborted) this.late.push(event);
        onEvent(event, this);
        for (const { type, resolve } of this.#waiting) if (type === event.type) resolve();
      },
    });
  }

  get text(): string {
    return this.events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  }

  /** Settles with the next event of the type, or at once where there was one. */
  saw(type: ReplyEvent['type']): Promise<void> {
    if (this.events.some((event) => event.type === type)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ type, resolve }));
  }

  stop(): void {
    this.#stop.abort();
  }

  /** That the reply ended as stopped, and said nothing more than that after the stop. */
  async endsStopped(): Promise<void> {
    await within(deadlineMs, () => `the outcome, after ${JSON.stringify(this.events)}`, this.done);
    assert.deepEqual(this.late, [{ type: 'outcome', outcome: { kind: 'stopped' } }]);
    assert.equal(this.events.filter(({ type }) => type === 'outcome').length, 1);
  }
}
