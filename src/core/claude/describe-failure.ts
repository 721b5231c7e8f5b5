import type { L10n } from '../l10n.ts';
import type { Failure, FailureKind } from './failure.ts';

/** What the user can do about a failure; the host has a command for each. */
export type FailureAction =
  | 'set-api-key'
  | 'choose-model'
  | 'open-base-url-setting'
  | 'retry'
  | 'show-log';

export interface FailureDescription {
  /** Whole sentences for the user: what happened, and what helps. */
  readonly message: string;
  readonly action: FailureAction;
  readonly logLevel: 'warn' | 'error';
}

type Describe<K extends FailureKind> = (
  failure: Extract<Failure, { kind: K }>,
  l10n: L10n,
) => FailureDescription;

type Table = { readonly [K in FailureKind]: Describe<K> };

const warn = (action: FailureAction, message: string): FailureDescription => ({
  message,
  action,
  logLevel: 'warn',
});
const error = (action: FailureAction, message: string): FailureDescription => ({
  message,
  action,
  logLevel: 'error',
});

const table: Table = {
  'no-key': (_, l10n) => warn('set-api-key', l10n.t('There is no API key yet.')),
  auth: (_, l10n) =>
    warn('set-api-key', l10n.t('The API did not accept the key. Set another one and try again.')),
  'browser-refused': ({ detail }, l10n) =>
    warn(
      'set-api-key',
      l10n.t(
        'The API did not accept this request from a browser. It says: “{0}” If that is about CORS, your organization allows no browsers: use VS Code on the desktop, or ask its administrator. Otherwise set another key.',
        detail,
      ),
    ),
  billing: ({ detail }, l10n) =>
    warn('show-log', l10n.t('The account cannot pay for this request. The API says: {0}', detail)),
  permission: ({ detail }, l10n) =>
    warn('set-api-key', l10n.t('This key may not do that. The API says: {0}', detail)),
  'model-not-found': ({ model }, l10n) =>
    warn('choose-model', l10n.t('The model “{0}” is not available to this key.', model)),
  'not-found': (_, l10n) =>
    warn(
      'open-base-url-setting',
      l10n.t('There is no Messages API at the base URL. Check the setting.'),
    ),
  'too-large': (_, l10n) =>
    warn('retry', l10n.t('The request is larger than the API takes. Select less text.')),
  'invalid-request': ({ detail }, l10n) =>
    warn('show-log', l10n.t('The API refused the request. It says: {0}', detail)),
  'rate-limited': (failure, l10n) => warn('retry', withAdvice(failure, l10n)),
  'spend-limit': ({ detail }, l10n) =>
    warn('show-log', l10n.t('The spending limit is reached. The API says: {0}', detail)),
  overloaded: (failure, l10n) => warn('retry', withAdvice(failure, l10n)),
  'server-error': (failure, l10n) => warn('retry', withAdvice(failure, l10n)),
  timeout: (_, l10n) => warn('retry', l10n.t('The API did not answer in time. Try again.')),
  stalled: ({ idleMs }, l10n) =>
    warn('retry', l10n.t('Nothing arrived for {0} s, so the reply was ended.', idleMs / 1000)),
  network: ({ code }, l10n) =>
    warn(
      'retry',
      code === null
        ? l10n.t('The connection failed. Check the network, the proxy and the base URL.')
        : l10n.t(
            'The connection failed ({0}). Check the network, the proxy and the base URL.',
            code,
          ),
    ),
  'browser-blocked': (_, l10n) =>
    warn(
      'retry',
      l10n.t(
        'The browser got no answer, and does not say why. Check the network and the base URL; a gateway has to allow requests from browsers (CORS).',
      ),
    ),
  interrupted: (_, l10n) => warn('retry', l10n.t('VS Code was closed while the reply streamed.')),
  damaged: ({ missing }, l10n) =>
    warn(
      'retry',
      l10n.t('The disk has lost {0} characters of this reply: […] stands for them.', missing),
    ),
  truncated: (_, l10n) =>
    warn('retry', l10n.t('The connection closed before the reply was finished.')),
  'not-a-stream': ({ contentType }, l10n) =>
    warn(
      'open-base-url-setting',
      l10n.t(
        'Instead of a reply came “{0}”. A proxy, a sign-in page or a wrong base URL may stand between.',
        contentType,
      ),
    ),
  'batch-not-found': (_, l10n) =>
    warn(
      'set-api-key',
      l10n.t('This key knows no such batch: another key sent it, or it was deleted.'),
    ),
  'results-gone': (_, l10n) =>
    warn('show-log', l10n.t('The API has not kept the results of this batch.')),
  expired: (_, l10n) =>
    warn(
      'retry',
      l10n.t('The batch ended after 24 hours, before this was reached. It has cost nothing.'),
    ),
  malformed: (_, l10n) =>
    error('retry', l10n.t('The reply broke off: what arrived was not readable.')),
  unexpected: ({ detail }, l10n) =>
    error('show-log', l10n.t('Something unexpected went wrong: {0}', detail)),
};

type Passing = Extract<Failure, { readonly retryAfterMs: number | null }>;

function whatHappened(failure: Passing, l10n: L10n): string {
  switch (failure.kind) {
    case 'rate-limited':
      return l10n.t('The rate limit of this key is reached (429).');
    case 'overloaded':
      return l10n.t('The API is overloaded (529).');
    case 'server-error':
      return failure.status === null
        ? l10n.t('The API had an error of its own.')
        : l10n.t('The API had an error of its own ({0}).', failure.status);
  }
}

/** What happened, and when to try again. */
function withAdvice(failure: Passing, l10n: L10n): string {
  const advice =
    failure.retryAfterMs === null
      ? l10n.t('Try again soon.')
      : l10n.t('Try again in {0} s.', Math.ceil(failure.retryAfterMs / 1000));
  return l10n.t('{0} {1}', whatHappened(failure, l10n), advice);
}

/** Why a request is sent again: what happened, without the advice to try again. */
export function reasonToRetry(failure: Failure, l10n: L10n): string {
  return 'retryAfterMs' in failure
    ? whatHappened(failure, l10n)
    : describeFailure(failure, l10n).message;
}

/** The one table that turns a failure into words, an action and a log level. */
export function describeFailure(failure: Failure, l10n: L10n): FailureDescription {
  // The table has an entry for each kind with that kind's type; the compiler can't follow the pair.
  const describe = table[failure.kind] as (failure: Failure, l10n: L10n) => FailureDescription;
  return describe(failure, l10n);
}
