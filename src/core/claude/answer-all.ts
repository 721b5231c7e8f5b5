import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages/messages';
import type { Redact } from './api-key.ts';
import type { CheckedRequest } from './checked-request.ts';
import type { Answer, AnswerAllOptions } from './claude.ts';
import { affectsAllRequests, isBusy } from './describe-failure.ts';
import { readJson, readMessage } from './read-message.ts';
import type { Outcome } from './reply-event.ts';
import type { ClaudeRequest } from './request.ts';
import { toMessageParams } from './request-params.ts';
import { computeRetryWaitMs, pause, type RetryPolicy } from './retry.ts';
import type { SlimClient } from './slim-client.ts';
import { noUsage } from './usage.ts';

interface AnswerRunOptions {
  readonly send: (request: CheckedRequest, signal: AbortSignal) => Promise<AnswerAttempt>;
  readonly retry: RetryPolicy;
}

/**
 * Has many requests answered, a few at a time and without streaming. What the API asks one request
 * to wait for, all wait for; a failure that would meet each of them ends the rest unsent. Resolves
 * once each request was answered, if only by how it ended; never rejects.
 */
export async function answerAll(
  requests: readonly CheckedRequest[],
  options: AnswerAllOptions,
  settings: AnswerRunOptions,
): Promise<void> {
  const run = new AnswerRun(requests, options, settings);
  const workers = Math.min(options.concurrency, requests.length);
  await Promise.all(Array.from({ length: workers }, () => run.runWorker()));
}

class AnswerRun {
  readonly #requests: readonly CheckedRequest[];
  readonly #options: AnswerAllOptions;
  readonly #settings: AnswerRunOptions;
  #next = 0;
  /** On the clock of `performance`: nothing is sent before. */
  #backOffUntil = 0;
  /** How all that isn't sent yet ends. */
  #finalOutcome: Outcome | null = null;

  constructor(
    requests: readonly CheckedRequest[],
    options: AnswerAllOptions,
    settings: AnswerRunOptions,
  ) {
    this.#requests = requests;
    this.#options = options;
    this.#settings = settings;
  }

  /** One of those that send at the same time. */
  async runWorker(): Promise<void> {
    for (;;) {
      const index = this.#next++;
      const request = this.#requests[index];
      if (request === undefined) return;
      const answer = await this.#answer(index, request);
      this.#options.emit({ type: 'answered', index, answer });
    }
  }

  async #answer(index: number, checked: CheckedRequest): Promise<AnswerAttempt['answer']> {
    const { signal, emit } = this.#options;
    const { maxRetries, maxWaitMs } = this.#settings.retry;
    for (let retry = 1; ; retry++) {
      await this.#waitForBackOff();
      if (this.#finalOutcome !== null) return emptyAnswer(checked.request, this.#finalOutcome);
      if (signal.aborted) return emptyAnswer(checked.request, { kind: 'stopped' });
      emit({ type: 'sent', index });
      const { answer, isRetryable } = await this.#settings.send(checked, signal);
      if (answer.outcome.kind !== 'broken') return answer;
      const { failure } = answer.outcome;
      const waitMs = computeRetryWaitMs(failure, retry, Math.random());
      const isTooLong = waitMs > maxWaitMs;
      if (affectsAllRequests(failure) || (isBusy(failure) && isTooLong)) {
        this.#finalOutcome ??= answer.outcome;
      }
      if (!isRetryable || retry > maxRetries || isTooLong) return answer;
      emit({ type: 'retrying', index, failure, retry, maxRetries, waitMs });
      const until = performance.now() + waitMs;
      if (isBusy(failure)) this.#backOffUntil = Math.max(this.#backOffUntil, until);
      else await this.#wait(waitMs);
    }
  }

  /** Until what the API has asked for is over; it may ask for more meanwhile. */
  async #waitForBackOff(): Promise<void> {
    for (;;) {
      const left = this.#backOffUntil - performance.now();
      if (left <= 0 || this.#options.signal.aborted) return;
      const { isEarly } = await this.#wait(left);
      if (isEarly) this.#backOffUntil = 0;
    }
  }

  #wait(ms: number): Promise<{ readonly isEarly: boolean }> {
    return pause(ms, this.#options.signal, this.#options.onRetryNow);
  }
}

export interface AnswerAttempt {
  readonly answer: Answer;
  /** Whether the same request may end otherwise if it is sent again. */
  readonly isRetryable: boolean;
}

/**
 * How long a whole answer may take, in milliseconds. Nothing comes before its end, not even
 * headers, and `fetch` itself waits no longer for those: longer answers are for streaming, or for a
 * batch.
 */
const answerTimeoutMs = 300_000;

/** Sends a request once and waits for the whole answer. Never rejects. */
export async function answerOnce(
  client: SlimClient,
  request: ClaudeRequest,
  redact: Redact,
  signal: AbortSignal,
  onNote?: (note: string) => void,
): Promise<AnswerAttempt> {
  if (signal.aborted) return { answer: emptyAnswer(request, stoppedOutcome), isRetryable: false };
  const options = { signal, maxRetries: 0, timeout: answerTimeoutMs };
  const read = await readJson(() => client.messages.create(toCreateParams(request), options), {
    redact,
    model: request.model,
    onNote,
  });
  if (signal.aborted) return { answer: emptyAnswer(request, stoppedOutcome), isRetryable: false };
  if (!read.ok) {
    const { failure, requestId } = read;
    // It may have been answered and paid for: five minutes are not spent again unasked.
    const mayTryAgain = read.isRetryable && failure.kind !== 'timeout';
    return {
      answer: emptyAnswer(request, { kind: 'broken', failure }, requestId),
      isRetryable: mayTryAgain,
    };
  }
  const { value, requestId } = read.value;
  const answer = readMessage(value, request.model, requestId, redact);
  if (answer !== null) return { answer, isRetryable: false };
  const outcome: Outcome = { kind: 'broken', failure: { kind: 'malformed' } };
  // Something was answered, and may be paid for.
  return { answer: emptyAnswer(request, outcome, requestId), isRetryable: false };
}

const stoppedOutcome: Outcome = { kind: 'stopped' };

/** The answer to a request that has none. */
export function emptyAnswer(
  { model }: Pick<ClaudeRequest, 'model'>,
  outcome: Outcome,
  requestId: string | null = null,
): Answer {
  return { text: '', outcome, model, usage: noUsage, stopReason: null, requestId };
}

export function toCreateParams(request: ClaudeRequest): MessageCreateParamsNonStreaming {
  return { ...toMessageParams(request), stream: false };
}
