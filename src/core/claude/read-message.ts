import { APIError } from '@anthropic-ai/sdk/core/error';
import { errorCode } from '../errors.ts';
import { classifyError, type ErrorContext } from './classify-error.ts';
import type { Answer } from './claude.ts';
import type { Failure, Result } from './failure.ts';
import { parseJson } from './json-objects.ts';
import { readUpTo } from './read-up-to.ts';
import { NotAStreamError } from './reply-body.ts';
import type { Outcome } from './reply-event.ts';
import { endingOf } from './reply-reader.ts';
import { isRetryable } from './retry.ts';
import { hasServerError, isPage } from './server-error.ts';
import { getRequestId } from './stream-reply.ts';
import { noUsage, updateUsage } from './usage.ts';
import { fieldsOf, firstText, isFields, wordsOf } from './wire-fields.ts';

interface JsonBody {
  readonly value: unknown;
  readonly requestId: string | null;
  /** The server's clock in milliseconds since 1970; null where it didn't say. */
  readonly date: number | null;
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
  const date = Date.parse(response.headers.get('date') ?? '');
  if (read.ok) {
    const value = { value: read.value, requestId, date: Number.isNaN(date) ? null : date };
    return { ok: true, value };
  }
  // What came whole isn't asked for again, even where it can't be read.
  const mayRetry = read.failure.kind !== 'malformed' && isRetryable(read.failure, null);
  return { ...read, isRetryable: mayRetry, requestId };
}

/** Characters of a page that are read for its words, at the most. */
const maxPage = 4000;
/** How long such a page is waited for, in milliseconds. */
const pageTimeoutMs = 500;

async function readBody(response: Response, facts: ErrorContext): Promise<Result<unknown>> {
  const header = response.headers.get('content-type') ?? '';
  const contentType = header.split(';')[0]?.trim().toLowerCase() ?? '';
  const notJson = (words: string): Result<never> => {
    const failure = classifyError(new NotAStreamError(contentType, words), facts);
    return { ok: false, failure };
  };
  if (isOfPage(contentType)) {
    const { body } = response;
    const words = body === null ? '' : await readUpTo(body, maxPage, pageTimeoutMs);
    // Of a stream that nobody asked for, the beginning isn't words.
    return notJson(isPage(words) ? words : '');
  }
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    return { ok: false, failure: bodyFailure(error) };
  }
  const value = parseJson(text.replace(/^\ufeff/, ''));
  if (value === undefined) {
    return isJson(contentType) ? { ok: false, failure: { kind: 'malformed' } } : notJson(text);
  }
  if (!isFields(value) || !hasServerError(value)) return { ok: true, value };
  // An error, whatever the status says.
  const error = new APIError(undefined, value, undefined, response.headers);
  return { ok: false, failure: classifyError(error, facts) };
}

const isJson = (contentType: string): boolean =>
  /^application\/([\w.-]+\+)?json$/.test(contentType);

/** Of a type that no JSON has: a page, which may never end. */
const isOfPage = (contentType: string): boolean =>
  contentType.startsWith('text/') && contentType !== 'text/plain' && contentType !== 'text/json';

/** The failure of a body that began and did not come to its end. */
export function bodyFailure(error: unknown): Failure {
  const cause = error instanceof Error ? error.cause : undefined;
  return { kind: 'network', code: errorCode(cause) };
}

/**
 * A whole message of the Messages API as an answer; null where it isn't one. It came whole, so it is
 * complete where it doesn't say how it ended.
 * @param askedModel what was asked, for messages that don't name their model
 * @param redact takes the key out of the server's words, should it have put it there
 */
export function readMessage(
  message: unknown,
  askedModel: string,
  requestId: string | null,
  redact: (words: string) => string,
): Answer | null {
  if (!isFields(message)) return null;
  const { content } = message;
  if (!Array.isArray(content) && typeof content !== 'string') return null;
  const stopReason = firstText(message['stop_reason']);
  const complete: Outcome = { kind: 'complete' };
  return {
    text: typeof content === 'string' ? content : content.map(textOf).join(''),
    outcome:
      stopReason === null
        ? complete
        : endingOf(stopReason, fieldsOf(message['stop_details']), redact),
    model: redact(firstText(message['model']) ?? askedModel),
    usage: updateUsage(noUsage, message['usage']),
    stopReason: stopReason === null ? null : redact(stopReason),
    requestId: requestId === null ? null : redact(requestId),
  };
}

/** A block of text may lack its type; what is of another type isn't text. */
function textOf(block: unknown): string {
  if (!isFields(block)) return wordsOf(block);
  const { type, text } = block;
  return type === 'text' || typeof type !== 'string' ? wordsOf(text) : '';
}
