import { APIError } from '@anthropic-ai/sdk/core/error';
import type { MessageParam } from '@anthropic-ai/sdk/resources/messages/messages';
import type { Redact } from './api-key.ts';
import type { CheckedRequest } from './checked-request.ts';
import { classifyError } from './classify-error.ts';
import type { ReplyOptions } from './claude.ts';
import { DialogueTools } from './dialogue-tools.ts';
import type { Failure } from './failure.ts';
import type { NormalEvent } from './normal-event.ts';
import { prefixDigest, rejectThoughts, sendsThinking } from './preserved-thinking.ts';
import { abortOutcome, type Outcome, type ReplyEvent } from './reply-event.ts';
import { ReplyReader } from './reply-reader.ts';
import type { ClaudeRequest } from './request.ts';
import { toMessageParams } from './request-params.ts';
import { computeRetryWaitMs, isRetryable, pause, type RetryPolicy } from './retry.ts';
import type { SlimClient } from './slim-client.ts';
import { StreamWatchdog } from './stream-watchdog.ts';
import { estimateTokens } from './usage.ts';
import { fieldsOf, textOrNull } from './wire-fields.ts';

interface StreamOptions {
  readonly redact: Redact;
  /** Whose thoughts go back (see preserved-thinking.ts). */
  readonly account: string;
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
  const { request } = checked;
  const leftOut = request.dialogue === undefined ? [] : new DialogueTools(request.dialogue).leftOut;
  if (leftOut.length > 0) {
    settings.onNote?.(`tools that the API can’t take were left out: ${leftOut.join(', ')}`);
  }
  const { maxRetries, maxWaitMs } = settings.retry;
  for (let retry = 1; ; retry++) {
    let attempt = await streamOnce(client, request, { ...settings, signal, emit });
    if (attempt.refusedThinking && !hasShown && !signal.aborted) {
      settings.onNote?.('the server refused earlier thinking: sent once more without any');
      rejectThoughts(request);
      emit({ type: 'connecting' });
      attempt = await streamOnce(client, request, { ...settings, signal, emit });
    }
    const { outcome, isRetryable } = attempt;
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
  readonly account: string;
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
  /** Whether it was refused for the thinking that went back with it. */
  readonly refusedThinking: boolean;
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
  if (signal.aborted) {
    return { outcome: abortOutcome(signal), isRetryable: false, refusedThinking: false };
  }

  const params = toMessageParams(request, options.account);
  const toOwn = ownEvents(request, () => prefixDigest(options.account, params));
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
  const reader = new ReplyReader(
    (event) => emit(toOwn(event)),
    redact,
    (seen) => {
      clearTimeout(drain);
      drain = setTimeout(stop, seen === 'message-stop' ? drainMs : lastEventMs);
    },
  );
  let connected = false;
  const end = (outcome: Outcome, error?: unknown): AttemptResult => {
    reader.estimateInput(() => estimateInput(request, params.messages));
    return {
      outcome,
      refusedThinking:
        outcome.kind === 'broken' && isRefusedThinking(outcome.failure) && sendsThinking(params),
      isRetryable:
        outcome.kind === 'broken' &&
        // What a server has begun to answer may be paid for: only its own refusal says that it isn't.
        (!connected || (!reader.hasContent && isRefusedEvent(outcome.failure, error))) &&
        isRetryable(outcome.failure, error),
    };
  };
  try {
    const stream = client.messages.stream(params, {
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

/** Whether a request was refused for the thoughts in it. */
function isRefusedThinking(failure: Failure): boolean {
  return failure.kind === 'invalid-request' && /thinking/i.test(failure.detail);
}

/**
 * Events as whoever asked knows them: thoughts with what they were made behind, calls by the tools'
 * own names.
 * @param digest of all that was sent; costs as much as the request is long
 */
function ownEvents(
  { dialogue }: ClaudeRequest,
  digest: () => string,
): (event: ReplyEvent) => ReplyEvent {
  let behind: string | undefined;
  return (event) => {
    if (event.type === 'thought') {
      behind ??= digest();
      return { ...event, thought: { ...event.thought, behind } };
    }
    if (event.type !== 'tool-call' || dialogue === undefined) return event;
    return { ...event, call: new DialogueTools(dialogue).toOriginal(event.call) };
  };
}

/** About how many tokens a request's input is, for servers that never say. */
function estimateInput({ system }: ClaudeRequest, messages: readonly MessageParam[]): number {
  const text = JSON.stringify(messages, (name, value: unknown) =>
    unweighed.has(name) ? undefined : value,
  );
  return estimateTokens(system) + estimateTokens(text);
}

/** The request's id, where an answer came with it: in its header or, elsewhere, in its body. */
export function getRequestId(error: unknown): string | null {
  if (!(error instanceof APIError)) return null;
  return textOrNull(error.requestID) ?? textOrNull(fieldsOf(error.error)['request_id']);
}
