import { APIError } from '@anthropic-ai/sdk/core/error';
import type {
  ContentBlockParam,
  MessageCountTokensParams,
  MessageCreateParamsNonStreaming,
  MessageStreamParams,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { Redact } from './api-key.ts';
import type { CheckedRequest } from './checked-request.ts';
import { classifyError } from './classify-error.ts';
import type { ReplyOptions } from './claude.ts';
import type { Failure } from './failure.ts';
import { supportsAdaptiveThinking } from './model.ts';
import type { NormalEvent } from './normal-event.ts';
import { abortOutcome, type Outcome, type ReplyEvent } from './reply-event.ts';
import { ReplyReader } from './reply-reader.ts';
import type { ClaudeRequest, Exchange } from './request.ts';
import { toDialogueMessages, toThoughtBlock, toToolParams } from './request-params.ts';
import { computeRetryWaitMs, isRetryable, pause, type RetryPolicy } from './retry.ts';
import type { SlimClient } from './slim-client.ts';
import { StreamWatchdog } from './stream-watchdog.ts';
import { estimateTokens } from './usage.ts';
import { fieldsOf, textOrNull } from './wire-fields.ts';

interface StreamOptions {
  readonly redact: Redact;
  readonly headersTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly retry: RetryPolicy;
  readonly onListenerError: (error: unknown) => void;
  /** Told of what a server said or did that isn't shown, in English for the log. */
  readonly onNote?: ((note: string) => void) | undefined;
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
  /** Told of what a server said or did that isn't shown, in English for the log. */
  readonly onNote?: ((note: string) => void) | undefined;
}

interface AttemptResult {
  readonly outcome: Outcome;
  /** Whether the same request may end otherwise if it is sent again. */
  readonly isRetryable: boolean;
}

/** How long a finished reply's connection may stay open, so that the next one can use it again. */
const drainMs = 250;
/** How long the next event may take once the stop reason was seen: little else is to come. */
const lastEventMs = 5000;
/** What images and seals weigh has nothing to do with their length. */
const unweighed: ReadonlySet<string> = new Set(['data', 'signature']);

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
  let requestId: string | null = null;
  const emitConnected = (id: string | null): void => {
    requestId = id === null ? null : redact(id);
    emit({ type: 'connected', requestId });
  };
  const reader = new ReplyReader(emit, redact, (seen) => {
    clearTimeout(drain);
    drain = setTimeout(stop, seen === 'message-stop' ? drainMs : lastEventMs);
  });
  let connected = false;
  const end = (outcome: Outcome, error?: unknown): AttemptResult => {
    reader.estimateInput(() => estimateInput(request));
    return {
      outcome,
      isRetryable:
        outcome.kind === 'broken' &&
        // What a server has begun to answer may be paid for: only its own refusal says that it isn't.
        (!connected || (!reader.hasContent && isRefusedEvent(outcome.failure, error))) &&
        isRetryable(outcome.failure, error),
    };
  };
  try {
    const stream = client.messages.stream(toMessageParams(request), {
      signal: attempt.signal,
      maxRetries: 0,
      timeout: options.headersTimeoutMs,
      middleware: [guard.middleware],
    });
    stream.on('connect', () => {
      connected = true;
      emitConnected(stream.request_id ?? null);
    });
    stream.on('streamEvent', (event) => {
      // What was still on its way when the user stopped isn't shown any more.
      if (!signal.aborted) reader.read(event as NormalEvent);
    });
    // `finalMessage` reports both; without a listener the SDK raises an unhandled rejection.
    stream.on('error', () => {});
    stream.on('abort', () => {});
    await stream.finalMessage();
    return end(reader.ending ?? { kind: 'broken', failure: { kind: 'truncated' } });
  } catch (error) {
    // After the ending was seen nothing can take it back: not a reset, nor a second message.
    if (reader.ending !== null) return end(reader.ending);
    if (signal.aborted) return end(abortOutcome(signal));
    if (stalled) {
      return end({
        kind: 'broken',
        failure: { kind: 'stalled', idleMs: options.idleTimeoutMs },
      });
    }
    // An answer that is an error has an id too, and that one is asked for most.
    const errorId = getRequestId(error);
    if (errorId !== null && (!connected || errorId !== requestId)) emitConnected(errorId);
    const { bodyError, bodyEnded } = guard;
    const { onNote } = options;
    const facts = { redact: redact, model: request.model, bodyError, bodyEnded, onNote };
    const failure = classifyError(error, facts);
    return end({ kind: 'broken', failure }, error);
  } finally {
    if (guard.repairs.length > 0) {
      const repairs = redact(guard.repairs.join('; '));
      options.onNote?.(`the reply ${requestId ?? ''} differed from the API’s form: ${repairs}`);
    }
    clearTimeout(drain);
    guard.dispose();
    signal.removeEventListener('abort', stop);
  }
}

/** Whether an `error` event says that the server had no room for the request. */
function isRefusedEvent({ kind }: Failure, error: unknown): boolean {
  return error instanceof APIError && (kind === 'overloaded' || kind === 'rate-limited');
}

/** About how many tokens a request's input is, for servers that never say. */
function estimateInput(request: ClaudeRequest): number {
  const { messages } = toCountParams(request);
  const text = JSON.stringify(messages, (name, value: unknown) =>
    unweighed.has(name) ? undefined : value,
  );
  return estimateTokens(request.system) + estimateTokens(text);
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

/** The request's id, where an answer came with it: in its header or, elsewhere, in its body. */
export function getRequestId(error: unknown): string | null {
  if (!(error instanceof APIError)) return null;
  return textOrNull(error.requestID) ?? textOrNull(fieldsOf(error.error)['request_id']);
}
