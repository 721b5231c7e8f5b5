import type { L10n } from '../l10n.ts';
import type { Failure, FailureAction, FailureKind } from './failure.ts';

interface FailureDescription {
  /** Whole sentences for the user: what happened, and what helps. */
  readonly message: string;
  readonly action: FailureAction;
  readonly logLevel: 'warn' | 'error';
}

/** What is settled about one kind of failure. */
interface Row<F> {
  /** What happened. Where the API may say when to retry, `describeFailure` adds it. */
  readonly sentence: (failure: F, l10n: L10n) => string;
  readonly action: FailureAction;
  readonly logLevel: 'warn' | 'error';
  /** Whether it may be gone in a while, so that the request may be retried automatically. */
  readonly isTransient: boolean;
  /** Whether the API has too many requests, of this key or of everybody: all of a run wait. */
  readonly isBusy: boolean;
  /** Whether every other request would fail alike until the user acts: it ends a whole run. */
  readonly affectsAllRequests: boolean;
  /** Whether the API certainly didn't accept the request; else a batch may exist all the same. */
  readonly wasRejected: boolean | ((failure: F) => boolean);
}

type DescriptionTable = { readonly [K in FailureKind]: Row<Extract<Failure, { kind: K }>> };

/** The key, the account, the model or the base URL: nothing works until the user acts. */
const setup = {
  isTransient: false,
  isBusy: false,
  affectsAllRequests: true,
  wasRejected: true,
};
/** Something about this request or batch alone; sent again as it is, it fails again. */
const single = {
  isTransient: false,
  isBusy: false,
  affectsAllRequests: false,
  wasRejected: true,
};
/** There are too many requests: later ones will be accepted. */
const busy = {
  isTransient: true,
  isBusy: true,
  affectsAllRequests: false,
  wasRejected: true,
};
/** The network or the server fails at this moment; the request may have arrived. */
const transient = {
  isTransient: true,
  isBusy: false,
  affectsAllRequests: false,
  wasRejected: false,
};
/** Something on this machine went wrong; the request may have arrived. */
const local = {
  isTransient: false,
  isBusy: false,
  affectsAllRequests: false,
  wasRejected: false,
};

/** Error codes of connections that were never made: nothing was sent. */
const unconnected: ReadonlySet<string | null> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** A new kind of failure compiles once each column is filled in for it. */
const table: DescriptionTable = {
  'no-key': {
    ...setup,
    action: 'set-api-key',
    logLevel: 'warn',
    sentence: (_, l10n) => l10n.t('There is no API key yet.'),
  },
  auth: {
    ...setup,
    action: 'set-api-key',
    logLevel: 'warn',
    sentence: (_, l10n) => l10n.t('The API did not accept the key. Set another one and try again.'),
  },
  'browser-refused': {
    ...setup,
    action: 'set-api-key',
    logLevel: 'warn',
    sentence: ({ detail }, l10n) =>
      l10n.t(
        'The API did not accept this request from a browser. It says: “{0}” If that is about CORS, your organization allows no browsers: use VS Code on the desktop, or ask its administrator. Otherwise set another key.',
        detail,
      ),
  },
  billing: {
    ...setup,
    action: 'show-log',
    logLevel: 'warn',
    sentence: ({ detail }, l10n) =>
      l10n.t('The account cannot pay for this request. The API says: {0}', detail),
  },
  permission: {
    ...setup,
    action: 'set-api-key',
    logLevel: 'warn',
    sentence: ({ detail }, l10n) => l10n.t('This key may not do that. The API says: {0}', detail),
  },
  'model-not-found': {
    ...setup,
    action: 'choose-model',
    logLevel: 'warn',
    sentence: ({ model }, l10n) => l10n.t('The model “{0}” is not available to this key.', model),
  },
  'not-found': {
    ...setup,
    action: 'open-base-url-setting',
    logLevel: 'warn',
    sentence: (_, l10n) => l10n.t('There is no Messages API at the base URL. Check the setting.'),
  },
  'too-large': {
    ...single,
    action: 'retry',
    logLevel: 'warn',
    sentence: (_, l10n) => l10n.t('The request is larger than the API takes. Select less text.'),
  },
  blocked: {
    ...single,
    action: 'show-log',
    logLevel: 'warn',
    sentence: ({ detail }, l10n) =>
      l10n.t('A policy or firewall blocked this request. The server says: {0}', detail),
  },
  'invalid-request': {
    ...single,
    action: 'show-log',
    logLevel: 'warn',
    sentence: ({ detail }, l10n) => l10n.t('The API refused the request. It says: {0}', detail),
  },
  'image-dimensions': {
    ...single,
    action: 'show-log',
    logLevel: 'warn',
    sentence: (_, l10n) =>
      l10n.t('An image is too wide or too tall for the API. Scale it down, or ask without it.'),
  },
  'rate-limited': {
    ...busy,
    action: 'retry',
    logLevel: 'warn',
    sentence: (_, l10n) => l10n.t('The rate limit of this key is reached (429).'),
  },
  'spend-limit': {
    ...setup,
    action: 'show-log',
    logLevel: 'warn',
    sentence: ({ detail }, l10n) =>
      l10n.t('The spending limit is reached. The API says: {0}', detail),
  },
  overloaded: {
    ...busy,
    action: 'retry',
    logLevel: 'warn',
    sentence: (_, l10n) => l10n.t('The API is overloaded (529).'),
  },
  'server-error': {
    ...transient,
    action: 'retry',
    logLevel: 'warn',
    sentence: ({ status }, l10n) =>
      status === null
        ? l10n.t('The API had an error of its own.')
        : l10n.t('The API had an error of its own ({0}).', status),
  },
  timeout: {
    ...transient,
    action: 'retry',
    logLevel: 'warn',
    sentence: (_, l10n) => l10n.t('The API did not answer in time. Try again.'),
  },
  stalled: {
    ...transient,
    action: 'retry',
    logLevel: 'warn',
    sentence: ({ idleMs }, l10n) =>
      l10n.t('Nothing arrived for {0} s, so the reply was ended.', idleMs / 1000),
  },
  network: {
    ...transient,
    wasRejected: ({ code }) => unconnected.has(code),
    action: 'retry',
    logLevel: 'warn',
    sentence: ({ code }, l10n) =>
      code === null
        ? l10n.t('The connection failed. Check the network, the proxy and the base URL.')
        : l10n.t(
            'The connection failed ({0}). Check the network, the proxy and the base URL.',
            code,
          ),
  },
  'browser-blocked': {
    ...transient,
    action: 'retry',
    logLevel: 'warn',
    sentence: (_, l10n) =>
      l10n.t(
        'The browser got no answer, and does not say why. Check the network and the base URL; a gateway has to allow requests from browsers (CORS).',
      ),
  },
  interrupted: {
    ...local,
    action: 'retry',
    logLevel: 'warn',
    sentence: (_, l10n) => l10n.t('The panel or VS Code was closed while the reply streamed.'),
  },
  damaged: {
    ...local,
    action: 'retry',
    logLevel: 'warn',
    sentence: ({ missing }, l10n) =>
      l10n.t('The disk has lost {0} characters of this reply: […] stands for them.', missing),
  },
  truncated: {
    ...transient,
    action: 'retry',
    logLevel: 'warn',
    sentence: (_, l10n) => l10n.t('The connection closed before the reply was finished.'),
  },
  'not-a-stream': {
    ...setup,
    action: 'open-base-url-setting',
    logLevel: 'warn',
    sentence: ({ contentType }, l10n) =>
      l10n.t(
        'Instead of a reply came “{0}”. A proxy, a sign-in page or a wrong base URL may stand between.',
        contentType,
      ),
  },
  'batch-not-found': {
    ...single,
    action: 'set-api-key',
    logLevel: 'warn',
    sentence: (_, l10n) =>
      l10n.t('This key knows no such batch: another key sent it, or it was deleted.'),
  },
  'results-gone': {
    ...single,
    action: 'show-log',
    logLevel: 'warn',
    sentence: (_, l10n) => l10n.t('The API has not kept the results of this batch.'),
  },
  expired: {
    ...single,
    action: 'retry',
    logLevel: 'warn',
    sentence: (_, l10n) =>
      l10n.t('The batch ended after 24 hours, before this was reached. It has cost nothing.'),
  },
  malformed: {
    ...transient,
    action: 'retry',
    logLevel: 'error',
    sentence: (_, l10n) => l10n.t('The reply broke off: what arrived was not readable.'),
  },
  unexpected: {
    ...local,
    action: 'show-log',
    logLevel: 'error',
    sentence: ({ detail }, l10n) => l10n.t('Something unexpected went wrong: {0}', detail),
  },
};

function rowOf(failure: Failure): Row<Failure> {
  // The table has a row for each kind with that kind's type; the compiler can't follow the pair.
  return table[failure.kind] as Row<Failure>;
}

/** What happened, what helps, and when to try again. */
export function describeFailure(failure: Failure, l10n: L10n): FailureDescription {
  const { sentence, action, logLevel } = rowOf(failure);
  const happened = withWords(sentence(failure, l10n), failure, l10n);
  const message =
    'retryAfterMs' in failure
      ? l10n.t('{0} {1}', happened, whenToRetry(failure.retryAfterMs, l10n))
      : happened;
  return { message, action, logLevel };
}

/** The sentence and what the server said, unless the sentence has that already. */
function withWords(sentence: string, failure: Failure, l10n: L10n): string {
  const words = 'detail' in failure ? failure.detail : undefined;
  return words === undefined || words === '' || sentence.includes(words)
    ? sentence
    : l10n.t('{0} {1}', sentence, l10n.t('The server says: “{0}”', words));
}

function whenToRetry(retryAfterMs: number | null, l10n: L10n): string {
  return retryAfterMs === null
    ? l10n.t('Try again soon.')
    : l10n.t('Try again in {0} s.', Math.ceil(retryAfterMs / 1000));
}

/** Why a request is sent again: what happened, without the advice to try again. */
export function describeRetryReason(failure: Failure, l10n: L10n): string {
  return rowOf(failure).sentence(failure, l10n);
}

/** Whether it may be gone in a while, so that the request may be retried automatically. */
export function isTransient(failure: Failure): boolean {
  return rowOf(failure).isTransient;
}

/** Whether the API has too many requests at the moment, whatever is in this one. */
export function isBusy(failure: Failure): boolean {
  return rowOf(failure).isBusy;
}

/** Whether every other request would fail alike, so that a whole run ends. */
export function affectsAllRequests(failure: Failure): boolean {
  return rowOf(failure).affectsAllRequests;
}

/** Whether it is certain that the API didn't accept the request. */
export function wasRejected(failure: Failure): boolean {
  const { wasRejected } = rowOf(failure);
  return typeof wasRejected === 'boolean' ? wasRejected : wasRejected(failure);
}
