import { errorCode } from '../errors.ts';
import { type Guard, isListOf, isNullOr, isObject, isOptional, isString } from '../guard.ts';
import { classifyError, type ErrorContext, NotAStreamError } from './classify-error.ts';
import type { Answer } from './claude.ts';
import type { Failure, Result } from './failure.ts';
import { isRetryable } from './retry.ts';
import { getRequestId, outcomeForStopReason, type StopDetails } from './stream-reply.ts';
import { noUsage, updateUsage } from './usage.ts';

interface JsonBody {
  readonly value: unknown;
  readonly requestId: string | null;
}

/** A failure with what decides about another try. */
interface FailedRequest {
  readonly failure: Failure;
  readonly isRetryable: boolean;
  readonly requestId: string | null;
}

/** What the SDK gives for a request: it can be had as the raw response. */
interface PendingResponse {
  asResponse(): Promise<Response>;
}

/**
 * Sends a request and reads its answer as JSON. By the raw response: the SDK takes whatever else
 * comes with status 200 for an answer, and its errors don't tell a body that broke off.
 */
export async function readJson(
  send: () => PendingResponse,
  facts: ErrorContext,
): Promise<
  { readonly ok: true; readonly value: JsonBody } | ({ readonly ok: false } & FailedRequest)
> {
  let response: Response;
  try {
    response = await send().asResponse();
  } catch (error) {
    const failure = classifyError(error, facts);
    const requestId = getRequestId(error);
    return { ok: false, failure, isRetryable: isRetryable(failure, error), requestId };
  }
  const requestId = response.headers.get('request-id');
  const read = await readBody(response, facts);
  if (read.ok) return { ok: true, value: { value: read.value, requestId } };
  return { ...read, isRetryable: isRetryable(read.failure, null), requestId };
}

async function readBody(response: Response, facts: ErrorContext): Promise<Result<unknown>> {
  const contentType = response.headers.get('content-type') ?? '';
  if (!/^\s*application\/([\w.-]+\+)?json\b/i.test(contentType)) {
    // A body that can't even be cancelled is no answer either.
    await response.body?.cancel().catch(() => {});
    const error = new NotAStreamError(contentType.split(';')[0]?.trim() ?? '');
    return { ok: false, failure: classifyError(error, facts) };
  }
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    return { ok: false, failure: bodyFailure(error) };
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, failure: { kind: 'malformed' } };
  }
}

/** The failure of a body that began and did not come to its end. */
export function bodyFailure(error: unknown): Failure {
  const cause = error instanceof Error ? error.cause : undefined;
  return { kind: 'network', code: errorCode(cause) };
}

const isAmount = isOptional(
  isNullOr((value: unknown): value is number => Number.isFinite(value) && Number(value) >= 0),
);

const isDetails: Guard<StopDetails> = isObject({});

/**
 * A whole message of the Messages API; the types say what it is, the network may bring anything.
 */
const isMessage = isObject({
  model: isString,
  content: isListOf(isObject({ type: isString, text: isOptional(isString) })),
  stop_reason: isString,
  stop_details: isOptional(isNullOr(isDetails)),
  usage: isObject({
    input_tokens: isAmount,
    cache_read_input_tokens: isAmount,
    cache_creation_input_tokens: isAmount,
    output_tokens: isAmount,
    output_tokens_details: isOptional(isNullOr(isObject({ thinking_tokens: isAmount }))),
  }),
});

/**
 * A whole message as an answer; null where it isn't one, or does not say how it ended.
 * @param redact takes the key out of the server's words, should it have put it there
 */
export function readMessage(
  message: unknown,
  requestId: string | null,
  redact: (words: string) => string,
): Answer | null {
  if (!isMessage(message)) return null;
  const { content, stop_reason: stopReason, usage } = message;
  return {
    text: content.map(({ type, text }) => (type === 'text' ? (text ?? '') : '')).join(''),
    outcome: outcomeForStopReason(stopReason, message.stop_details ?? null, redact),
    model: redact(message.model),
    usage: updateUsage(noUsage, usage),
    stopReason: redact(stopReason),
    requestId: requestId === null ? null : redact(requestId),
  };
}
