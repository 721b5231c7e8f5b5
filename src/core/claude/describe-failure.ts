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
  'rate-limited': ({ retryAfterMs }, l10n) =>
    warn(
      'retry',
      retryAfterMs === null
        ? l10n.t('The rate limit of this key is reached (429). Wait a little and try again.')
        : l10n.t(
            'The rate limit of this key is reached (429). Try again in {0} s.',
            Math.ceil(retryAfterMs / 1000),
          ),
    ),
  'spend-limit': ({ detail }, l10n) =>
    warn('show-log', l10n.t('The spending limit is reached. The API says: {0}', detail)),
  overloaded: (_, l10n) =>
    warn('retry', l10n.t('The API is overloaded (529). It is not your key; try again soon.')),
  'server-error': ({ status }, l10n) =>
    warn(
      'retry',
      status === null
        ? l10n.t('The API had an error of its own. Try again.')
        : l10n.t('The API had an error of its own ({0}). Try again.', status),
    ),
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
  malformed: (_, l10n) =>
    error('retry', l10n.t('The reply broke off: what arrived was not readable.')),
  unexpected: ({ detail }, l10n) =>
    error('show-log', l10n.t('Something unexpected went wrong: {0}', detail)),
};

/** The one table that turns a failure into words, an action and a log level. */
export function describeFailure(failure: Failure, l10n: L10n): FailureDescription {
  // The table has an entry for each kind with that kind's type; the compiler can't follow the pair.
  const describe = table[failure.kind] as (failure: Failure, l10n: L10n) => FailureDescription;
  return describe(failure, l10n);
}
