import { errorCode } from '../errors.ts';
import { classifyError, NotAStreamError, type RequestFacts } from './classify-error.ts';
import type { Failure, Result } from './failure.ts';
import { mayTryAgain } from './retry.ts';
import { requestIdOf } from './stream-attempt.ts';

export interface JsonBody {
  readonly value: unknown;
  readonly requestId: string | null;
}

/** A failure with what decides about another try. */
export interface Failed {
  readonly failure: Failure;
  readonly mayTryAgain: boolean;
  readonly requestId: string | null;
}

/** What the SDK gives for a request: it can be had as the raw response. */
interface Asked {
  asResponse(): Promise<Response>;
}

/**
 * Sends a request and reads its answer as JSON. By the raw response: the SDK takes whatever else
 * comes with status 200 for an answer, and its errors don't tell a body that broke off.
 */
export async function readJson(
  ask: () => Asked,
  facts: RequestFacts,
): Promise<{ readonly ok: true; readonly value: JsonBody } | ({ readonly ok: false } & Failed)> {
  let response: Response;
  try {
    response = await ask().asResponse();
  } catch (error) {
    const failure = classifyError(error, facts);
    const requestId = requestIdOf(error);
    return { ok: false, failure, mayTryAgain: mayTryAgain(failure, error), requestId };
  }
  const requestId = response.headers.get('request-id');
  const read = await readBody(response, facts);
  if (read.ok) return { ok: true, value: { value: read.value, requestId } };
  return { ...read, mayTryAgain: mayTryAgain(read.failure, null), requestId };
}

async function readBody(response: Response, facts: RequestFacts): Promise<Result<unknown>> {
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
    return { ok: false, failure: brokenOff(error) };
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, failure: { kind: 'malformed' } };
  }
}

/** The failure of a body that began and did not come to its end. */
export function brokenOff(error: unknown): Failure {
  const cause = error instanceof Error ? error.cause : undefined;
  return { kind: 'network', code: errorCode(cause) };
}
