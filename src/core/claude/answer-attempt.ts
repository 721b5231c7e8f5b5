import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages/messages';
import type { Answer } from './answer.ts';
import type { Redact } from './api-key.ts';
import type { Outcome } from './outcome.ts';
import { readJson } from './read-json.ts';
import { readMessage } from './read-message.ts';
import type { ClaudeRequest } from './request.ts';
import type { SlimClient } from './slim-client.ts';
import { toParams } from './stream-attempt.ts';
import { noUsage } from './usage.ts';

export interface AnswerAttempt {
  readonly answer: Answer;
  /** Whether the same request may end otherwise if it is sent again. */
  readonly mayTryAgain: boolean;
}

/**
 * How long a whole answer may take, in milliseconds. Nothing comes before its end, not even
 * headers, and `fetch` itself waits no longer for those: longer answers are for streaming, or for a
 * batch.
 */
const answerTimeoutMs = 300_000;

/** Sends a request once and waits for the whole answer. Never rejects. */
export async function answerAttempt(
  client: SlimClient,
  request: ClaudeRequest,
  redact: Redact,
  signal: AbortSignal,
): Promise<AnswerAttempt> {
  if (signal.aborted) return { answer: unanswered(request, stopped), mayTryAgain: false };
  const options = { signal, maxRetries: 0, timeout: answerTimeoutMs };
  const read = await readJson(() => client.messages.create(toCreateParams(request), options), {
    redact,
    model: request.model,
  });
  if (signal.aborted) return { answer: unanswered(request, stopped), mayTryAgain: false };
  if (!read.ok) {
    const { failure, requestId } = read;
    // It may have been answered and paid for: five minutes are not spent again unasked.
    const mayTryAgain = read.mayTryAgain && failure.kind !== 'timeout';
    return { answer: unanswered(request, { kind: 'broken', failure }, requestId), mayTryAgain };
  }
  const { value, requestId } = read.value;
  const answer = readMessage(value, requestId, redact);
  if (answer !== null) return { answer, mayTryAgain: false };
  const outcome: Outcome = { kind: 'broken', failure: { kind: 'malformed' } };
  return { answer: unanswered(request, outcome, requestId), mayTryAgain: true };
}

const stopped: Outcome = { kind: 'stopped' };

/** The answer to a request that has none. */
export function unanswered(
  { model }: Pick<ClaudeRequest, 'model'>,
  outcome: Outcome,
  requestId: string | null = null,
): Answer {
  return { text: '', outcome, model, usage: noUsage, stopReason: null, requestId };
}

export function toCreateParams(request: ClaudeRequest): MessageCreateParamsNonStreaming {
  return { ...toParams(request), stream: false };
}
