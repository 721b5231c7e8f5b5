import type { Redact } from './api-key.ts';
import type { NormalEvent } from './normal-event.ts';
import type { Outcome, ReplyEvent } from './reply-event.ts';

import { ThoughtReader, ToolCallReader } from './stream-events.ts';

import { hasInput, noUsage, type Usage, updateUsage } from './usage.ts';
import { type Fields, fieldsOf, firstText, textOrNull } from './wire-fields.ts';

/** Turns the events of a stream in its normal form into ours, and keeps how the message ended. */
export class ReplyReader {
  readonly #emit: (event: ReplyEvent) => void;
  readonly #clean: Redact;
  readonly #onEnding: (seen: 'stop-reason' | 'message-stop') => void;
  readonly #thoughts = new ThoughtReader();
  readonly #calls = new ToolCallReader();
  #usage = noUsage;
  #isOutputFinal = false;
  #hasBegun = false;
  #hasContent = false;
  #finished = false;
  #ending: Outcome | null = null;

  /**
   * @param clean takes the key out of the server's words, should it have put it there
   * @param onEnding told at the stop reason, at `message_stop`, and at each event between them
   */
  constructor(
    emit: (event: ReplyEvent) => void,
    clean: Redact,
    onEnding: (seen: 'stop-reason' | 'message-stop') => void,
  ) {
    this.#emit = emit;
    this.#clean = clean;
    this.#onEnding = onEnding;
  }

  /** Null until a stop reason or `message_stop` was seen. */
  get ending(): Outcome | null {
    return this.#ending;
  }

  /** Whether any of the reply was received, be it thinking without words. */
  get hasContent(): boolean {
    return this.#hasContent;
  }

  read(event: NormalEvent): void {
    if (this.#finished) return;
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
      this.#emitText(event.delta.text);
    } else this.#readRare(event);
    if (this.#ending !== null) this.#onEnding(this.#finished ? 'message-stop' : 'stop-reason');
  }

  /**
   * Gives an estimate for the input where the server began a reply and never said how much it was.
   * @param estimate tokens
   */
  estimateInput(estimate: () => number): void {
    if (!this.#hasBegun || hasInput(this.#usage)) return;
    const input = Math.round(estimate());
    this.#emitUsage({ ...this.#usage, input, inputIsEstimate: true });
  }

  #readRare(event: NormalEvent): void {
    switch (event.type) {
      case 'message_start':
        this.#hasBegun = true;
        if (event.message.model !== '') this.#emitModel(event.message.model);
        this.#updateUsage(event.message.usage, false);
        return;
      case 'late_model':
        this.#emitModel(event.model);
        return;
      case 'content_block_start': {
        const { type } = event.content_block;
        if (type === 'thinking' || type === 'redacted_thinking') this.#emitThinking('');
        break;
      }
      case 'content_block_delta':
        if (event.delta.type === 'thinking_delta') this.#emitThinking(event.delta.thinking);
        break;
      case 'content_block_stop':
        break;
      case 'message_delta': {
        const { stop_reason: stopReason, stop_details: details } = event.delta;
        const isEnding = typeof stopReason === 'string';
        this.#updateUsage(event.usage, isEnding || this.#ending !== null);
        if (!isEnding) return;
        this.#emit({ type: 'stop-reason', stopReason: this.#clean(stopReason) });
        this.#ending = endingOf(stopReason, fieldsOf(details), this.#clean);
        return;
      }
      case 'message_stop':
        this.#finished = true;
        this.#ending ??= { kind: 'complete' };
        return;
      default:
        // What the API adds later.
        event satisfies never;
        return;
    }
    const thought = this.#thoughts.read(event);
    if (thought !== null) this.#emit({ type: 'thought', thought });
    const call = this.#calls.read(event);
    if (call === null) return;
    this.#hasContent = true;
    this.#emit({ type: 'tool-call', call });
  }

  #emitModel(model: string): void {
    this.#emit({ type: 'model', model: this.#clean(model) });
  }

  #emitText(text: string): void {
    if (text === '') return;
    this.#hasContent = true;
    this.#emit({ type: 'text', text });
  }

  #emitThinking(text: string): void {
    this.#hasContent = true;
    this.#emit({ type: 'thinking', text });
  }

  /** @param isLast whether the message ends here, so that a figure for the output is its last */
  #updateUsage(wire: Fields, isLast: boolean): void {
    this.#isOutputFinal ||= isLast && updateUsage(noUsage, wire).output > 0;
    this.#emitUsage(updateUsage(this.#usage, wire));
  }

  #emitUsage(usage: Usage): void {
    this.#usage = usage;
    this.#emit({ type: 'usage', usage, final: this.#isOutputFinal });
  }
}

/**
 * How a message ended.
 * @param details `stop_details`, where there are any
 * @param clean takes the key out of the server's words, should it have put it there
 */
export function endingOf(stopReason: string, details: Fields, clean: Redact): Outcome {
  const words = (said: unknown): string | null => {
    const text = textOrNull(said);
    return text === null ? null : clean(text);
  };
  switch (stopReason) {
    case 'max_tokens':
      return { kind: 'cut', limit: 'max-tokens' };
    case 'model_context_window_exceeded':
      return { kind: 'cut', limit: 'context' };
    case 'pause_turn':
      return { kind: 'cut', limit: 'pause' };
    case 'refusal':
      return {
        kind: 'refused',
        category: words(details['category']),
        explanation: words(firstText(details['explanation'])),
      };
    default:
      // end_turn, stop_sequence, and reasons that we don't know: the API says that it was done.
      return { kind: 'complete' };
  }
}
