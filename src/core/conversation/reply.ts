import type { Failure } from '../claude/failure.ts';
import type { Outcome, ReplyEvent } from '../claude/reply-event.ts';
import type { PlacedThought } from '../claude/request.ts';
import { estimateTokens, noUsage, totalInput, type Usage } from '../claude/usage.ts';
import type { PriceOverrides } from '../usage/price.ts';

import { addReceipts, createReceipt, type Receipt } from '../usage/receipt.ts';

/** Where a reply stands until its outcome is known. */
export type ReplyPhase = 'connecting' | 'waiting' | 'thinking' | 'writing' | 'retrying' | 'ended';

/** A wait before the request is sent again. */
export interface PendingRetry {
  readonly failure: Failure;
  /** Counts from 1. */
  readonly retry: number;
  readonly maxRetries: number;
  /** On the clock that `apply` is given, in milliseconds. */
  readonly dueAt: number;
}

/**
 * One streamed answer: the text so far, and what is known about it. Changed by events alone, in
 * constant time each.
 */
export class Reply {
  readonly id: string;
  /** When it was asked for, on the clock that `apply` is given, in milliseconds. */
  readonly requestedAt: number;
  /** When it was asked for, by the calendar: milliseconds since 1970. */
  readonly askedOn: number;
  readonly #prices: PriceOverrides;
  #model: string;
  #text = '';
  #thinking = '';
  /** Of the times that are over; null until the model thought. */
  #thoughtMs: number | null = null;
  #thinkingSince: number | null = null;
  #phase: ReplyPhase = 'connecting';
  #outcome: Outcome | null = null;
  #retry: PendingRetry | null = null;
  /** Of this part, the requests before the current one, added up; null where there were none. */
  #earlier: Receipt | null = null;
  /** The parts before this one, added up: each continuation begins another. */
  #earlierParts: Receipt | null = null;
  #part = 0;

  // Of the current request. Milliseconds are on the clock that `apply` is given.
  #startedAt: number;
  #usage: Usage = noUsage;
  #usageIsFinal = false;
  #estimatedOutput = 0;
  #countedOutput: number | null = null;
  /** Thinking, or calls of tools. */
  #hasMoreThanText = false;
  #thoughts: PlacedThought[] = [];
  /** Whether the model has begun a thought and not finished it. */
  #isThinking = false;
  /** Where the request's text begins. */
  #textFrom = 0;
  #firstTokenAt: number | null = null;
  #endedAt: number | null = null;
  #stopReason: string | null = null;
  #requestId: string | null = null;

  /**
   * @param askedAt on the clock that `apply` is given, which is for durations alone: it may stand
   * still while the machine sleeps
   * @param prices the user's own, that go before the list's
   * @param askedOn milliseconds since 1970
   */
  constructor(
    id: string,
    requestedModel: string,
    askedAt: number,
    prices: PriceOverrides = {},
    askedOn = Date.now(),
  ) {
    this.id = id;
    this.askedOn = askedOn;
    this.#prices = prices;
    this.requestedAt = askedAt;
    this.#model = requestedModel;
    this.#startedAt = askedAt;
  }

  get text(): string {
    return this.#text;
  }

  /** A summary of what the model thought; empty where none was asked for. */
  get thinking(): string {
    return this.#thinking;
  }

  /**
   * What the model thought, to go back to the API with the text. Empty where it can't: a thought
   * isn't finished, no text follows the last one, or the text is put together from several
   * requests.
   */
  get thoughts(): readonly PlacedThought[] {
    if (this.#isThinking || this.#textFrom > 0) return [];
    const textAfter = this.#text.slice(this.#thoughts.at(-1)?.at ?? 0);
    return textAfter.trim() === '' ? [] : this.#thoughts;
  }

  /** For how long the model has thought, in milliseconds; null where it hasn't. */
  thoughtMs(now: number): number | null {
    if (this.#thinkingSince === null) return this.#thoughtMs;
    return (this.#thoughtMs ?? 0) + now - this.#thinkingSince;
  }

  /** Since it was asked for or went on, in milliseconds. */
  elapsedMs(now: number): number {
    return now - this.#startedAt;
  }

  get phase(): ReplyPhase {
    return this.#phase;
  }

  /** Null until the reply has ended. */
  get outcome(): Outcome | null {
    return this.#outcome;
  }

  /** Null unless the phase is `retrying`. */
  get retry(): PendingRetry | null {
    return this.#retry;
  }

  /**
   * What the last request brought before it ended without the API's word on what it cost; null
   * where the API has said it, or can't: thinking and calls of tools aren't text.
   */
  get uncountedText(): string | null {
    if (this.#outcome === null || this.#usageIsFinal || this.#hasMoreThanText) return null;
    if (this.#countedOutput !== null || this.#textFrom === this.#text.length) return null;
    return this.#text.slice(this.#textFrom);
  }

  /** @param at now, in milliseconds on a clock that never goes back */
  apply(event: ReplyEvent, at: number): void {
    if (event.type === 'counted') {
      if (this.uncountedText !== null) this.#countedOutput = event.output;
      return;
    }
    if (event.type === 'continued') {
      this.#beginRequest();
      this.#beginPart();
      this.#startedAt = at;
      this.#outcome = null;
      return;
    }
    if (this.#outcome !== null) return;
    if (this.#thinkingSince !== null && endsThinking(event)) this.#pauseThinking(at);
    switch (event.type) {
      case 'connecting':
        this.#beginRequest();
        return;
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
        this.#countToken(event.text, at);
        this.#hasMoreThanText = true;
        this.#isThinking = true;
        this.#think(event.text, at);
        this.#phase = 'thinking';
        return;
      case 'thought':
        this.#thoughts.push({ at: this.#text.length, thought: event.thought });
        this.#isThinking = false;
        return;
      case 'text':
        this.#countToken(event.text, at);
        this.#text += event.text;
        this.#phase = 'writing';
        return;
      case 'tool-call':
        this.#countToken(JSON.stringify(event.call.input), at);
        this.#hasMoreThanText = true;
        this.#phase = 'writing';
        return;
      case 'stop-reason':
        this.#stopReason = event.stopReason;
        return;
      case 'retrying': {
        const { failure, retry, maxRetries, waitMs } = event;
        this.#retry = { failure, retry, maxRetries, dueAt: at + waitMs };
        this.#phase = 'retrying';
        return;
      }
      case 'outcome':
        this.#outcome = event.outcome;
        this.#retry = null;
        this.#phase = 'ended';
        this.#endedAt = at;
        return;
      default:
        event satisfies never;
    }
  }

  /** What the reply has cost so far, or in the end, over all its requests. */
  receipt(): Receipt {
    const part = this.partReceipt();
    return this.#earlierParts === null ? part : addReceipts(this.#earlierParts, part);
  }

  /** Which part of the reply is the last: 0 until it was continued. */
  get part(): number {
    return this.#part;
  }

  /** When the last part was asked for, in milliseconds since 1970. */
  get partRequestedOn(): number {
    return this.askedOn + this.#startedAt - this.requestedAt;
  }

  /** What the last part has cost: a continuation is paid for on its own day. */
  partReceipt(): Receipt {
    const current = createReceipt({
      model: this.#model,
      usage: this.#usage,
      usageIsFinal: this.#usageIsFinal,
      estimatedOutput: this.#estimatedOutput,
      countedOutput: this.#countedOutput,
      sentAt: this.partRequestedOn,
      startedAt: this.#startedAt,
      firstTokenAt: this.#firstTokenAt,
      endedAt: this.#endedAt,
      stopReason: this.#stopReason,
      requestId: this.#requestId,
      prices: this.#prices,
    });
    return this.#earlier === null ? current : addReceipts(this.#earlier, current);
  }

  #think(text: string, at: number): void {
    this.#thinkingSince ??= at;
    const isLater = this.#phase !== 'thinking' && this.#thinking !== '';
    this.#thinking += isLater ? `\n\n${text}` : text;
  }

  #pauseThinking(at: number): void {
    this.#thoughtMs = this.thoughtMs(at);
    this.#thinkingSince = null;
  }

  #countToken(text: string, at: number): void {
    this.#firstTokenAt ??= at;
    this.#estimatedOutput += estimateTokens(text);
  }

  #beginPart(): void {
    this.#part++;
    if (this.#earlier === null) return;
    this.#earlierParts =
      this.#earlierParts === null ? this.#earlier : addReceipts(this.#earlierParts, this.#earlier);
    this.#earlier = null;
  }

  #beginRequest(): void {
    const soFar = this.partReceipt();
    // A request that failed before anything was counted leaves nothing to add up.
    if (totalInput(soFar.usage) + soFar.usage.output > 0) this.#earlier = soFar;
    this.#usage = noUsage;
    this.#usageIsFinal = false;
    this.#estimatedOutput = 0;
    this.#countedOutput = null;
    this.#hasMoreThanText = false;
    this.#thoughts = [];
    this.#isThinking = false;
    this.#textFrom = this.#text.length;
    this.#firstTokenAt = null;
    this.#endedAt = null;
    this.#stopReason = null;
    this.#retry = null;
    this.#phase = 'connecting';
  }
}

function endsThinking({ type }: ReplyEvent): boolean {
  return type === 'text' || type === 'retrying' || type === 'outcome';
}
