import { estimateTokens } from '../claude/estimate-tokens.ts';
import type { Outcome } from '../claude/outcome.ts';
import type { ReplyEvent } from '../claude/reply-event.ts';
import { noUsage, type Usage } from '../claude/usage.ts';
import { makeReceipt, type Receipt } from './receipt.ts';

/** Where a reply stands until its outcome is known. */
export type ReplyPhase = 'connecting' | 'waiting' | 'thinking' | 'writing' | 'ended';

/**
 * One streamed answer: the text so far, and what is known about it. Changed by events alone, in
 * constant time each.
 */
export class Reply {
  readonly id: string;
  /** Milliseconds on the clock that `apply` is given. */
  readonly #startedAt: number;
  #model: string;
  #text = '';
  #phase: ReplyPhase = 'connecting';
  #usage: Usage = noUsage;
  #usageIsFinal = false;
  #estimatedOutput = 0;
  #firstTokenAt: number | null = null;
  #endedAt: number | null = null;
  #stopReason: string | null = null;
  #requestId: string | null = null;
  #outcome: Outcome | null = null;

  constructor(id: string, requestedModel: string, startedAt: number) {
    this.id = id;
    this.#model = requestedModel;
    this.#startedAt = startedAt;
  }

  get text(): string {
    return this.#text;
  }

  get phase(): ReplyPhase {
    return this.#phase;
  }

  /** Null until the reply has ended. */
  get outcome(): Outcome | null {
    return this.#outcome;
  }

  /** @param at now, in milliseconds on a clock that never goes back */
  apply(event: ReplyEvent, at: number): void {
    if (this.#outcome !== null) return;
    switch (event.type) {
      case 'connected':
        this.#requestId = event.requestId;
        if (this.#phase === 'connecting') this.#phase = 'waiting';
        return;
      case 'model':
        this.#model = event.model;
        return;
      case 'usage':
        this.#usage = event.usage;
        this.#usageIsFinal = event.final;
        return;
      case 'thinking':
        this.#firstTokenAt ??= at;
        this.#estimatedOutput += estimateTokens(event.text);
        this.#phase = 'thinking';
        return;
      case 'text':
        this.#firstTokenAt ??= at;
        this.#estimatedOutput += estimateTokens(event.text);
        this.#text += event.text;
        this.#phase = 'writing';
        return;
      case 'stop-reason':
        this.#stopReason = event.stopReason;
        return;
      case 'outcome':
        this.#outcome = event.outcome;
        this.#phase = 'ended';
        this.#endedAt = at;
        return;
    }
  }

  /** What the reply has cost so far, or in the end. */
  receipt(): Receipt {
    return makeReceipt({
      model: this.#model,
      usage: this.#usage,
      usageIsFinal: this.#usageIsFinal,
      estimatedOutput: this.#estimatedOutput,
      startedAt: this.#startedAt,
      firstTokenAt: this.#firstTokenAt,
      endedAt: this.#endedAt,
      stopReason: this.#stopReason,
      requestId: this.#requestId,
    });
  }
}
