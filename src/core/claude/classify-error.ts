import {
  AnthropicError,
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  AuthenticationError,
} from '@anthropic-ai/sdk/core/error';
import { errorCode, toError } from '../errors.ts';
import type { Redact } from './api-key.ts';
import type { Failure } from './failure.ts';

/** Thrown by the stream guard when a successful response isn't an event stream. */
export class NotAStreamError extends Error {
  override readonly name = 'NotAStreamError';
  readonly contentType: string;

  constructor(contentType: string) {
    super('The response is not an event stream');
    this.contentType = contentType;
  }
}

/**
 * Thrown in the place of what a browser's `fetch` throws, which is the same for whatever went
 * wrong.
 */
export class BrowserFetchError extends Error {
  override readonly name = 'BrowserFetchError';
}

/** What a browser was refused with, where elsewhere it could only be about the key. */
export class BrowserRefusedError extends AuthenticationError {}

export interface ErrorContext {
  /** Takes the key, and what else is secret, out of the server's words. */
  readonly redact: Redact;
  /** What was asked for, where the request names a model. */
  readonly model: string;
  /** What broke the response's body off, where that happened. */
  readonly bodyError?: unknown;
  /** Whether the response's body came to its end. */
  readonly bodyEnded?: boolean;
}

/**
 * Whatever the SDK threw, as a member of the closed union. Decided by class, status, type and code;
 * never by wording.
 */
export function classifyError(error: unknown, facts: ErrorContext): Failure {
  const chain = causeChain(error);
  for (const cause of chain) {
    if (cause instanceof NotAStreamError) {
      return { kind: 'not-a-stream', contentType: facts.redact(cause.contentType) };
    }
  }
  if (error instanceof APIConnectionTimeoutError) return { kind: 'timeout' };
  if (chain.some((cause) => cause instanceof BrowserFetchError)) return { kind: 'browser-blocked' };
  if (error instanceof APIConnectionError) return { kind: 'network', code: findErrorCode(chain) };
  if (error instanceof APIError) return classifyApiError(error, facts);
  if (error instanceof AnthropicError) {
    if (facts.bodyError !== undefined) return { kind: 'network', code: findErrorCode(chain) };
    // The SDK's own complaint about a stream that held no message, or not all of one.
    if (facts.bodyEnded && error.cause === undefined) return { kind: 'truncated' };
    // Anything else that it stumbles over is in what the server says.
    return { kind: 'malformed' };
  }
  return { kind: 'unexpected', detail: facts.redact(toError(error).message) };
}

/** Error codes that mean "not until somebody raises a limit", whatever the status says. */
const spendLimitCodes: ReadonlySet<string> = new Set([
  'enforced_spend_limit_reached',
  'contract_spend_limit_reached',
  'linked_organization_spend_limit_reached',
]);

function classifyApiError(error: APIError, facts: ErrorContext): Failure {
  const detail = apiDetail(error, facts.redact);
  if (error.errorCode !== null && spendLimitCodes.has(error.errorCode)) {
    return { kind: 'spend-limit', detail };
  }
  if (error.status === undefined) return classifyErrorEvent(error, detail, facts.model);
  // A redirect that isn't followed: the API is elsewhere, or a sign-in page is.
  if (error.status >= 300 && error.status < 400) return { kind: 'not-found' };
  switch (error.status) {
    case 401:
      return error instanceof BrowserRefusedError
        ? { kind: 'browser-refused', detail }
        : { kind: 'auth' };
    case 402:
      return { kind: 'billing', detail };
    case 403:
      return { kind: 'permission', detail };
    case 404:
      return error.type === 'not_found_error'
        ? { kind: 'model-not-found', model: facts.model }
        : { kind: 'not-found' };
    case 408:
      return { kind: 'timeout' };
    case 413:
      return { kind: 'too-large' };
    case 429:
      return { kind: 'rate-limited', retryAfterMs: retryAfterMs(error.headers) };
    case 529:
      return { kind: 'overloaded', retryAfterMs: retryAfterMs(error.headers) };
    default:
      // 409: two requests met; the API means it to be sent again, as with its own errors.
      return error.status >= 500 || error.status === 409
        ? { kind: 'server-error', status: error.status, retryAfterMs: retryAfterMs(error.headers) }
        : { kind: 'invalid-request', detail };
  }
}

/** An `error` event in a stream that began with status 200, or in a batch: a type and no status. */
function classifyErrorEvent(error: APIError, detail: string, model: string): Failure {
  switch (error.type) {
    case 'overloaded_error':
      return { kind: 'overloaded', retryAfterMs: null };
    case 'rate_limit_error':
      return { kind: 'rate-limited', retryAfterMs: null };
    case 'authentication_error':
      return { kind: 'auth' };
    case 'billing_error':
      return { kind: 'billing', detail };
    case 'permission_error':
      return { kind: 'permission', detail };
    case 'timeout_error':
      return { kind: 'timeout' };
    case 'invalid_request_error':
      return { kind: 'invalid-request', detail };
    case 'not_found_error':
      return { kind: 'model-not-found', model };
    default:
      return { kind: 'server-error', status: null, retryAfterMs: null };
  }
}

const maxDetailLength = 600;

function apiDetail(error: APIError, redact: Redact): string {
  // The type says text, the network may bring anything.
  const said: unknown = error.apiMessage;
  const status = error.status === undefined ? '' : `HTTP ${error.status}`;
  const words = typeof said === 'string' ? said : status;
  return redact(words).slice(0, maxDetailLength);
}

/** Milliseconds from `retry-after-ms` or `retry-after` (seconds or an HTTP date, RFC 9110). */
export function retryAfterMs(headers: Headers | undefined): number | null {
  const inMs = headers?.get('retry-after-ms') ?? null;
  if (inMs !== null && Number.isFinite(Number(inMs))) return Math.max(0, Number(inMs));
  const value = headers?.get('retry-after') ?? null;
  if (value === null || value.trim() === '') return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

function causeChain(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let next = error; next !== undefined && next !== null && chain.length < 8; ) {
    chain.push(next);
    next = next instanceof Error ? next.cause : undefined;
  }
  return chain;
}

function findErrorCode(chain: readonly unknown[]): string | null {
  return chain.map(errorCode).find((code) => code !== null) ?? null;
}
