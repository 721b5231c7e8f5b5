import type { AnswerAllOptions } from './answer.ts';
import { type AnswerAttempt, unanswered } from './answer-attempt.ts';
import type { CheckedRequest } from './checked-request.ts';
import { affectsAllRequests, isBusy } from './describe-failure.ts';
import type { Outcome } from './outcome.ts';
import { type RetryPolicy, retryWaitMs } from './retry.ts';
import { pause } from './wait.ts';

export interface AnswerAllSettings {
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
  settings: AnswerAllSettings,
): Promise<void> {
  const run = new AnswerRun(requests, options, settings);
  const workers = Math.min(options.atOnce, requests.length);
  await Promise.all(Array.from({ length: workers }, () => run.work()));
}

class AnswerRun {
  readonly #requests: readonly CheckedRequest[];
  readonly #options: AnswerAllOptions;
  readonly #settings: AnswerAllSettings;
  #next = 0;
  /** On the clock of `performance`: nothing is sent before. */
  #notBefore = 0;
  /** How all that isn't sent yet ends. */
  #verdict: Outcome | null = null;

  constructor(
    requests: readonly CheckedRequest[],
    options: AnswerAllOptions,
    settings: AnswerAllSettings,
  ) {
    this.#requests = requests;
    this.#options = options;
    this.#settings = settings;
  }

  /** One of those that send at the same time. */
  async work(): Promise<void> {
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
    const { maxRetries, longestWaitMs } = this.#settings.retry;
    for (let retry = 1; ; retry++) {
      await this.#turn();
      if (this.#verdict !== null) return unanswered(checked.request, this.#verdict);
      if (signal.aborted) return unanswered(checked.request, { kind: 'stopped' });
      emit({ type: 'sent', index });
      const { answer, mayTryAgain } = await this.#settings.send(checked, signal);
      if (answer.outcome.kind !== 'broken') return answer;
      const { failure } = answer.outcome;
      const waitMs = retryWaitMs(failure, retry, Math.random());
      const isTooLong = waitMs > longestWaitMs;
      if (affectsAllRequests(failure) || (isBusy(failure) && isTooLong)) {
        this.#verdict ??= answer.outcome;
      }
      if (!mayTryAgain || retry > maxRetries || isTooLong) return answer;
      emit({ type: 'retrying', index, failure, retry, maxRetries, waitMs });
      const until = performance.now() + waitMs;
      if (isBusy(failure)) this.#notBefore = Math.max(this.#notBefore, until);
      else await this.#wait(waitMs);
    }
  }

  /** Until what the API has asked for is over; it may ask for more meanwhile. */
  async #turn(): Promise<void> {
    for (;;) {
      const left = this.#notBefore - performance.now();
      if (left <= 0 || this.#options.signal.aborted) return;
      const { isEarly } = await this.#wait(left);
      if (isEarly) this.#notBefore = 0;
    }
  }

  #wait(ms: number): Promise<{ readonly isEarly: boolean }> {
    return pause(ms, this.#options.signal, this.#options.onRetryNow);
  }
}
