import type {
  ContentBlockParam,
  MessageCountTokensParams,
  MessageCreateParamsNonStreaming,
  MessageStreamEvent,
  MessageStreamParams,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { Redact } from './api-key.ts';
import type { CheckedRequest } from './checked-request.ts';
import { classifyError } from './classify-error.ts';
import type { ReplyOptions } from './claude.ts';
import { supportsAdaptiveThinking } from './model.ts';
import { abortOutcome, type Outcome, type ReplyEvent } from './reply-event.ts';
import type { ClaudeRequest, Exchange } from './request.ts';
import { toDialogueMessages, toThoughtBlock, toToolParams } from './request-params.ts';
import { computeRetryWaitMs, isRetryable, pause, type RetryPolicy } from './retry.ts';
import type { SlimClient } from './slim-client.ts';
import { ThoughtReader, ToolCallReader } from './stream-events.ts';
import { StreamWatchdog } from './stream-watchdog.ts';
import { noUsage, updateUsage, type WireUsage } from './usage.ts';

interface StreamOptions {
  readonly redact: Redact;
  readonly headersTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly retry: RetryPolicy;
  readonly onListenerError: (error: unknown) => void;
}

/**
 * Streams one reply, and tries again where that may help: visibly, and never once something was
 * shown. Ends in exactly one outcome.
 */
export async function streamReply(
  client: SlimClient,
  checked: CheckedRequest,
  options: ReplyOptions,
  settings: StreamOptions,
): Promise<void> {
  const { signal } = options;
  let hasShown = false;
  const emit = (event: ReplyEvent): void => {
    hasShown ||= isVisible(event);
    try {
      options.emit(event);
    } catch (error) {
      settings.onListenerError(error);
    }
  };
  const { maxRetries, maxWaitMs } = settings.retry;
  for (let retry = 1; ; retry++) {
    const { outcome, isRetryable } = await streamOnce(client, checked.request, {
      ...settings,
      signal,
      emit,
    });
    if (outcome.kind !== 'broken' || !isRetryable || hasShown || retry > maxRetries) {
      emit({ type: 'outcome', outcome });
      return;
    }
    const { failure } = outcome;
    const waitMs = computeRetryWaitMs(failure, retry, Math.random());
    if (waitMs > maxWaitMs) {
      emit({ type: 'outcome', outcome });
      return;
    }
    emit({ type: 'retrying', failure, retry, maxRetries, waitMs });
    await pause(waitMs, signal, options.onRetryNow);
    if (!signal.aborted) emit({ type: 'connecting' });
  }
}

function isVisible(event: ReplyEvent): boolean {
  if (event.type === 'tool-call') return true;
  return (event.type === 'text' || event.type === 'thinking') && event.text !== '';
}

interface AttemptOptions {
  /** Takes the key, and what else is secret, out of the server's words. */
  readonly redact: Redact;
  readonly headersTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Must not throw: a listener that does wedges the SDK. */
  readonly emit: (event: ReplyEvent) => void;
}

interface AttemptResult {
  readonly outcome: Outcome;
  /** Whether the same request may end otherwise if it is sent again. */
  readonly isRetryable: boolean;
}

/** How long a finished reply's connection may stay open, so that the next one can use it again. */
const drainMs = 250;
/** How long `message_stop` may take once the stop reason was seen: nothing else is to come. */
const lastEventMs = 5000;

/**
 * Sends a request once and streams the answer through the SDK's events. See DESIGN, "Streaming",
 * for why by events: iterating loses errors, snapshots are quadratic. Emits everything but the
 * outcome.
 */
async function streamOnce(
  client: SlimClient,
  request: ClaudeRequest,
  options: AttemptOptions,
): Promise<AttemptResult> {
  const { signal, emit } = options;
  if (signal.aborted) return { outcome: abortOutcome(signal), isRetryable: false };

  const attempt = new AbortController();
  const stop = (): void => attempt.abort();
  signal.addEventListener('abort', stop);
  let stalled = false;
  const guard = new StreamWatchdog(options.idleTimeoutMs, () => {
    stalled = true;
    attempt.abort();
  });
  let drain: ReturnType<typeof setTimeout> | undefined;
  const { redact } = options;
  const reader = new EventReader(emit, redact, (seen) => {
    clearTimeout(drain);
    drain = setTimeout(stop, seen === 'message-stop' ? drainMs : lastEventMs);
  });
  let connected = false;
  let malformed = false;
  try {
    const stream = client.messages.stream(toMessageParams(request), {
      signal: attempt.signal,
      maxRetries: 0,
      timeout: options.headersTimeoutMs,
      middleware: [guard.middleware],
    });
    stream.on('connect', () => {
      connected = true;
      const requestId = stream.request_id ?? null;
      emit({ type: 'connected', requestId: requestId === null ? null : redact(requestId) });
    });
    stream.on('streamEvent', (event) => {
      // What was still on its way when the user stopped isn't shown any more.
      if (signal.aborted || malformed) return;
      try {
        reader.read(event);
      } catch {
        // The event isn't what the protocol says, and what follows can't be trusted.
        malformed = true;
        stop();
      }
    });
    // `finalMessage` reports both; without a listener the SDK raises an unhandled rejection.
    stream.on('error', () => {});
    stream.on('abort', () => {});
    await stream.finalMessage();
    return toResult(reader.outcome ?? { kind: 'broken', failure: { kind: 'truncated' } });
  } catch (error) {
    // After the ending was seen nothing can take it back: not a reset, nor a second message.
    if (reader.outcome !== null) return toResult(reader.outcome);
    if (signal.aborted) return { outcome: abortOutcome(signal), isRetryable: false };
    if (malformed) return toResult({ kind: 'broken', failure: { kind: 'malformed' } });
    if (stalled) {
      return toResult({
        kind: 'broken',
        failure: { kind: 'stalled', idleMs: options.idleTimeoutMs },
      });
    }
    // An answer that is an error has an id too, and that one is asked for most.
    const requestId = getRequestId(error);
    if (!connected && requestId !== null) {
      emit({ type: 'connected', requestId: redact(requestId) });
    }
    const { bodyError, bodyEnded } = guard;
    const facts = { redact: redact, model: request.model, bodyError, bodyEnded };
    const failure = classifyError(error, facts);
    return toResult({ kind: 'broken', failure }, error);
  } finally {
    clearTimeout(drain);
    guard.dispose();
    signal.removeEventListener('abort', stop);
  }
}

function toResult(outcome: Outcome, error?: unknown): AttemptResult {
  return {
    outcome,
    isRetryable: outcome.kind === 'broken' && isRetryable(outcome.failure, error),
  };
}

/** Turns the SDK's events into ours and remembers how the message ended. */
class EventReader {
  readonly #emit: (event: ReplyEvent) => void;
  readonly #redact: Redact;
  readonly #onOutcome: (seen: 'stop-reason' | 'message-stop') => void;
  readonly #thoughts = new ThoughtReader();
  readonly #calls = new ToolCallReader();
  #usage = noUsage;
  #finished = false;
  #outcome: Outcome | null = null;

  /** @param redact takes the key out of the server's words, should it have put it there */
  constructor(
    emit: (event: ReplyEvent) => void,
    redact: Redact,
    onOutcome: (seen: 'stop-reason' | 'message-stop') => void,
  ) {
    this.#emit = emit;
    this.#redact = redact;
    this.#onOutcome = onOutcome;
  }

  /** Null until a stop reason or `message_stop` was seen. */
  get outcome(): Outcome | null {
    return this.#outcome;
  }

  read(event: MessageStreamEvent): void {
    if (this.#finished) return;
    this.#handleEvent(event);
    const thought = this.#thoughts.read(event);
    if (thought !== null) this.#emit({ type: 'thought', thought });
    const call = this.#calls.read(event);
    if (call !== null) this.#emit({ type: 'tool-call', call });
  }

  #handleEvent(event: MessageStreamEvent): void {
    switch (event.type) {
      case 'message_start':
        this.#emit({ type: 'model', model: this.#redact(event.message.model) });
        this.#updateUsage(event.message.usage, false);
        return;
      case 'content_block_start':
        switch (event.content_block.type) {
          case 'thinking':
          case 'redacted_thinking':
            this.#emit({ type: 'thinking', text: '' });
            return;
          case 'text':
            this.#emitText(event.content_block.text ?? '');
            return;
          default:
            return;
        }
      case 'content_block_delta':
        if (event.delta.type === 'text_delta') this.#emitText(event.delta.text);
        else if (event.delta.type === 'thinking_delta') {
          this.#emit({ type: 'thinking', text: requireText(event.delta.thinking) });
        }
        return;
      case 'message_delta': {
        const stopReason: unknown = event.delta.stop_reason;
        const hasStopReason = typeof stopReason === 'string';
        this.#updateUsage(event.usage, hasStopReason);
        if (!hasStopReason) return;
        this.#emit({ type: 'stop-reason', stopReason: this.#redact(stopReason) });
        this.#outcome = outcomeForStopReason(
          stopReason,
          event.delta.stop_details ?? null,
          this.#redact,
        );
        this.#onOutcome('stop-reason');
        return;
      }
      case 'message_stop':
        this.#finished = true;
        this.#outcome ??= { kind: 'complete' };
        this.#onOutcome('message-stop');
        return;
      default:
        // content_block_stop, and whatever the API adds later.
        return;
    }
  }

  #emitText(text: string): void {
    if (requireText(text) !== '') this.#emit({ type: 'text', text });
  }

  #updateUsage(wire: WireUsage, final: boolean): void {
    this.#usage = updateUsage(this.#usage, wire);
    this.#emit({ type: 'usage', usage: this.#usage, final });
  }
}

/** The type says text, the network may bring anything. */
function requireText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('A delta has no text');
  return value;
}

export interface StopDetails {
  readonly category?: unknown;
  readonly explanation?: unknown;
}

/**
 * How a message ended.
 * @param redact takes the key out of the server's words, should it have put it there
 */
export function outcomeForStopReason(
  stopReason: string,
  details: StopDetails | null,
  redact: Redact,
): Outcome {
  const words = (said: unknown): string | null => (typeof said === 'string' ? redact(said) : null);
  switch (stopReason) {
    case 'max_tokens':
      return { kind: 'cut', limit: 'max-tokens' };
    case 'model_context_window_exceeded':
      return { kind: 'cut', limit: 'context' };
    case 'refusal':
      return {
        kind: 'refused',
        category: words(details?.category),
        explanation: words(details?.explanation),
      };
    default:
      // end_turn, stop_sequence, and reasons that we don't know: the API says that it was done.
      return { kind: 'complete' };
  }
}

/** What of a request has a say in how many tokens its input is: all but how much may come back. */
export function toCountParams(
  request: ClaudeRequest,
): MessageCountTokensParams & Omit<MessageStreamParams, 'max_tokens'> {
  const { model, system, dialogue } = request;
  return {
    model,
    ...(dialogue === undefined
      ? { system, messages: toMessages(request) }
      : {
          ...(system === '' ? {} : { system }),
          messages: toDialogueMessages(dialogue),
          ...toToolParams(dialogue),
        }),
    ...(request.cache ? { cache_control: { type: 'ephemeral' } } : {}),
    ...(request.showThinking && supportsAdaptiveThinking(request.model)
      ? { thinking: { type: 'adaptive', display: 'summarized' } }
      : {}),
    ...(request.effort === null ? {} : { output_config: { effort: request.effort } }),
  };
}

/** All that is sent for a request. */
export function toMessageParams(
  request: ClaudeRequest,
): Omit<MessageCreateParamsNonStreaming, 'stream'> {
  return { ...toCountParams(request), max_tokens: request.maxTokens };
}

/** A reply that goes on is sent back as the assistant's turn: prefill isn't to be had any more. */
function toMessages(request: ClaudeRequest): MessageStreamParams['messages'] {
  const { continuation } = request;
  const earlier = request.earlier.flatMap((exchange) => [
    { role: 'user', content: userContent(exchange) } as const,
    { role: 'assistant', content: replyContent(exchange) } as const,
  ]);
  const question = { role: 'user', content: userContent(request) } as const;
  if (continuation === null) return [...earlier, question];
  return [
    ...earlier,
    question,
    { role: 'assistant', content: continuation.textSoFar },
    { role: 'user', content: continuation.instruction },
  ];
}

/** Images go before the text, as the API advises. */
function userContent({
  userText,
  images = [],
}: Pick<ClaudeRequest, 'userText' | 'images'>): string | ContentBlockParam[] {
  if (images.length === 0) return userText;
  return [
    ...images.map(({ mediaType, data }) => ({
      type: 'image' as const,
      source: { type: 'base64' as const, media_type: mediaType, data },
    })),
    { type: 'text', text: userText },
  ];
}

/** With its thinking in between, in the order in which it came. */
function replyContent({ reply, thoughts }: Exchange): string | ContentBlockParam[] {
  if (thoughts.length === 0) return reply;
  const blocks: ContentBlockParam[] = [];
  let from = 0;
  const addText = (to: number): void => {
    const text = reply.slice(from, to);
    // The API takes no blank text.
    if (text.trim() !== '') blocks.push({ type: 'text', text });
    from = to;
  };
  for (const { at, thought } of thoughts) {
    addText(at);
    blocks.push(toThoughtBlock(thought));
  }
  addText(reply.length);
  return blocks;
}

/** The request's id, where an answer came with it. */
export function getRequestId(error: unknown): string | null {
  return error instanceof Error && 'requestID' in error && typeof error.requestID === 'string'
    ? error.requestID
    : null;
}
