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
import { NotAStreamError } from './reply-body.ts';
import { isPage, pageWords, readServerError, type ServerError } from './server-error.ts';
import { textOrNull } from './wire-fields.ts';

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
  /** Told of what the server said, in whole, in English for the log. */
  readonly onNote?: ((note: string) => void) | undefined;
}

/**
 * Whatever the SDK threw, as a member of the closed union. Decided by class, status, type and code;
 * by the server's wording only where gateways give nothing else: in a 404, and where a policy or a
 * firewall says no.
 */
export function classifyError(error: unknown, facts: ErrorContext): Failure {
  const chain = causeChain(error);
  for (const cause of chain) {
    if (cause instanceof NotAStreamError) {
      const { contentType, words } = cause;
      log(words, null, facts);
      const detail = detailOf(readServerError(words), facts);
      // What it calls an event stream has nothing in it that could be read.
      if (contentType === 'text/event-stream') return { kind: 'malformed', ...detail };
      return { kind: 'not-a-stream', contentType: facts.redact(contentType), ...detail };
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

/** Characters of the server's words that are shown, at the most. */
const maxDetail = 600;
/** Characters of an error's body that go into the log, at the most. */
const maxLogged = 4000;

function classifyApiError(error: APIError, facts: ErrorContext): Failure {
  // The SDK leaves a body that isn't JSON to the message, behind the status.
  const text = error.message.replace(/^\d{3} (status code \(no body\)$)?/, '');
  const body = error.error ?? (error.status === undefined ? '' : text);
  log(typeof body === 'string' ? body : JSON.stringify(body), error.status ?? null, facts);
  // A redirect that isn't followed: the API is elsewhere, or a sign-in page is.
  if (error.status !== undefined && error.status >= 300 && error.status < 400) {
    return { kind: 'not-found' };
  }
  const said = readServerError(body);
  return new Classification(error, said, typeof body === 'string' && isPage(body), facts).failure;
}

/** What an error is by its HTTP status, by what is in its body, and what follows from both. */
class Classification {
  readonly #error: APIError;
  readonly #said: ServerError;
  readonly #isPage: boolean;
  readonly #facts: ErrorContext;

  constructor(error: APIError, said: ServerError, isPage: boolean, facts: ErrorContext) {
    this.#error = error;
    this.#said = said;
    this.#isPage = isPage;
    this.#facts = facts;
  }

  get failure(): Failure {
    const { errorCode, status } = this.#error;
    if (errorCode !== null && spendLimitCodes.has(errorCode)) {
      return { kind: 'spend-limit', detail: this.#detail };
    }
    if (this.#said.codes.some((code) => code === imageDimensionsCode)) {
      return { kind: 'image-dimensions', detail: this.#detail };
    }
    if (this.#isBlocked) return { kind: 'blocked', detail: this.#detail };
    if (status === undefined) {
      return this.#byType() ?? this.#byStatus(this.#said.status) ?? this.#unknown;
    }
    // A gateway's 400 or 500 is often another server's error, which its type or status names.
    const isVague = status === 400 || status === 422 || status >= 500;
    return (
      (isVague ? this.#inBody : null) ??
      this.#byStatus(status) ??
      (status < 500 ? { kind: 'invalid-request', detail: this.#detail } : this.#unknown)
    );
  }

  /** The server's words, or else its status. */
  get #detail(): string {
    const { status } = this.#error;
    const words = detailOf(this.#said, this.#facts).detail;
    return words ?? (status === undefined ? '' : `HTTP ${status}`);
  }

  get #words(): { readonly detail?: string } {
    return detailOf(this.#said, this.#facts);
  }

  get #wait(): { readonly retryAfterMs: number | null; readonly detail?: string } {
    return { retryAfterMs: retryAfterMs(this.#error.headers), ...this.#words };
  }

  get #unknown(): Failure {
    const status = this.#error.status ?? this.#said.status;
    return { kind: 'server-error', status, ...this.#wait };
  }

  /** A firewall's page, a guardrail or a moderation: neither the key nor the API. */
  get #isBlocked(): boolean {
    const status = this.#error.status ?? this.#said.status;
    if (this.#isPage && status === 403) return true;
    const { codes, words } = this.#said;
    if (codes.some((code) => blockedCodes.test(code))) return true;
    const isRefusal = status === null || status === 400 || status === 403 || status === 422;
    return isRefusal && words !== null && blockedWords.test(words);
  }

  get #inBody(): Failure | null {
    const byType = this.#byType();
    // The server behind the gateway timed out, which the gateway's own status says better.
    if (byType !== null && byType.kind !== 'timeout') return byType;
    return this.#byStatus(this.#said.status);
  }

  #byType(): Failure | null {
    for (const code of this.#said.codes) {
      const kind = kindsOfCodes.find(([pattern]) => pattern.test(code))?.[1];
      if (kind !== undefined) return this.#of(kind);
    }
    return null;
  }

  #of(kind: CodedKind): Failure {
    switch (kind) {
      case 'auth':
        return { kind, ...this.#words };
      case 'billing':
      case 'permission':
      case 'invalid-request':
        return { kind, detail: this.#detail };
      case 'not-found':
        return this.#missing;
      case 'too-large':
      case 'timeout':
        return { kind, ...this.#words };
      case 'rate-limited':
      case 'overloaded':
        return { kind, ...this.#wait };
    }
  }

  #byStatus(status: number | null): Failure | null {
    switch (status) {
      case 401:
        return this.#error instanceof BrowserRefusedError
          ? { kind: 'browser-refused', detail: this.#detail }
          : this.#of('auth');
      case 402:
        return this.#of('billing');
      case 403:
        return this.#of('permission');
      case 404:
        return this.#missing;
      case 408:
        return this.#of('timeout');
      case 413:
        return this.#of('too-large');
      case 429:
        return this.#of('rate-limited');
      case 529:
        return this.#of('overloaded');
      case 409:
        // Two requests met; the API means it to be sent again, as with its own errors.
        return this.#unknown;
      default:
        return null;
    }
  }

  /** The model, or the address: a gateway says 404 for both. */
  get #missing(): Failure {
    const { model, redact } = this.#facts;
    const { codes, words } = this.#said;
    const notFound: Failure = { kind: 'not-found', ...this.#words };
    if (this.#isPage) return notFound;
    const noModel: Failure = { kind: 'model-not-found', model: redact(model), ...this.#words };
    const names = words ?? '';
    const isAbout = modelWords.test(names) || (model !== '' && names.includes(model));
    if (codes.some((code) => modelCodes.test(code))) return noModel;
    if (namesPath(names, model)) return notFound;
    return isAbout || codes.includes('notfounderror') ? noModel : notFound;
  }
}

type CodedKind =
  | 'auth'
  | 'billing'
  | 'permission'
  | 'invalid-request'
  | 'not-found'
  | 'too-large'
  | 'timeout'
  | 'rate-limited'
  | 'overloaded';

/** The API's own types, and those of the clouds and of OpenAI; see `ServerError.codes`. */
const kindsOfCodes: readonly (readonly [RegExp, CodedKind])[] = [
  [/^overloaded(error)?$|^modelnotready/, 'overloaded'],
  [/^ratelimit|^toomanyrequests|^throttl|^resourceexhausted$/, 'rate-limited'],
  [/^authenticationerror$|^invalidapikey$|^unauthenticated$|^unauthorized$/, 'auth'],
  [/^billingerror$|^insufficientquota$|^insufficientcredits$|^paymentrequired$/, 'billing'],
  [/^permission(denied)?(error)?$|^accessdenied(exception)?$|^forbidden$/, 'permission'],
  [/^notfounderror$|^modelnotfound|^deploymentnotfound$/, 'not-found'],
  [/^requesttoolarge$/, 'too-large'],
  [/^timeout(error)?$|^deadlineexceeded$|^modeltimeout/, 'timeout'],
  [/^invalidrequest(error)?$|^invalidargument$|^validation(error|exception)$/, 'invalid-request'],
];

const imageDimensionsCode = 'imagedimensionstoolarge';
const modelCodes = /^(model|deployment)(isnot|not|un)|^no(model|deployment)/;
const modelWords = /\b(models?|deployments?)\b/i;
const blockedCodes = /guardrail|contentfilter|contentpolicy|moderation|responsibleai/;
const blockedWords =
  /guardrail|\bmoderation\b|\bflagged\b|content[ _-](filter|policy|management)|blocked by|policy violation|violat\w+ .*polic/i;

/** Whether the words hold an address: a path or a URL. */
function namesPath(words: string, model: string): boolean {
  // A model's name may look like a path: `anthropic/claude-sonnet-5.5`.
  const rest = model === '' ? words : words.replaceAll(model, '');
  return /(^|[\s"'`(:])\/[a-z]|https?:\/\//i.test(rest);
}

/** The server's words as they are shown: without secrets, in one line, and not too long. */
function detailOf({ words }: ServerError, { redact }: ErrorContext): { readonly detail?: string } {
  if (words === null) return {};
  const plain = redact(isPage(words) ? pageWords(words) : words)
    .replace(/\s+/g, ' ')
    .trim();
  const shown = plain.length > maxDetail ? `${plain.slice(0, maxDetail).trimEnd()}…` : plain;
  const detail = textOrNull(shown.toWellFormed());
  return detail === null ? {} : { detail };
}

function log(body: string | undefined, status: number | null, facts: ErrorContext): void {
  if (body === undefined || body.trim() === '') return;
  const said = facts.redact(body).slice(0, maxLogged);
  facts.onNote?.(`the server said${status === null ? '' : ` (HTTP ${status})`}: ${said}`);
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
