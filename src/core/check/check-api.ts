import { describeFailure } from '../claude/describe-failure.ts';
import type { Failure, FailureAction, Result } from '../claude/failure.ts';
import type { Model } from '../claude/model.ts';
import { formatDuration } from '../format-figures.ts';
import { getLanguage, type L10n } from '../l10n.ts';
import type { HttpObservation } from './http-observation.ts';
import { type CheckAction, type CheckFinding, failed, note, ok, skipped } from './steps.ts';

/** What came of one request. */
export interface ObservedResult<T> {
  readonly result: Result<T>;
  /** Null where no answer came. */
  readonly observation: HttpObservation | null;
}

/** A browser's, of a redirect that isn't followed. */
const opaqueStatus = 0;

/** Whether what answers is an API at all: a page, a redirect or a proxy's word is not. */
export function checkAnswer(
  { result, observation }: ObservedResult<unknown>,
  l10n: L10n,
): CheckFinding {
  if (observation === null) {
    return result.ok ? skipped(l10n.t('Not looked at.')) : checkNoAnswer(result.failure, l10n);
  }
  const { status, contentType, redirect } = observation;
  const found = httpText(observation, l10n);
  if (status === opaqueStatus) {
    return failed(
      l10n.t('It leads elsewhere, and a browser does not say where: the key does not go there.'),
      l10n.t('Correct the base URL.'),
      'open-base-url-setting',
    );
  }
  if (redirect !== null) {
    return failed(
      l10n.t('{0} It leads to {1}, where the key does not go.', found, redirect),
      l10n.t(
        'Open that address in a browser: the network may want a sign-in. Else correct the base URL.',
      ),
      'open-base-url-setting',
    );
  }
  if (!result.ok && result.failure.kind === 'blocked') {
    return failed(join(found, describeFailure(result.failure, l10n).message), null);
  }
  // What could be read as an answer is one, whatever its header says.
  if (!result.ok && contentType !== 'application/json' && !(status === 404 || status >= 500)) {
    return failed(
      l10n.t('{0} Instead of the API’s words came “{1}”.', found, contentType || l10n.t('nothing')),
      l10n.t(
        'A sign-in page of the network, a proxy or a wrong base URL: open any page in a browser, then check the base URL.',
      ),
      'open-base-url-setting',
    );
  }
  if (status === 429 || status >= 500) {
    return failed(found, result.ok ? null : describeFailure(result.failure, l10n).message);
  }
  if (!result.ok && status === 404 && result.failure.kind === 'not-found') {
    return note(
      join(
        found,
        l10n.t('The gateway neither lists models nor counts tokens: only a reply can tell.'),
      ),
      null,
      'open-base-url-setting',
    );
  }
  return ok(found);
}

/** Where everything that was asked for isn't there. */
export function judgeMissing(seen: HttpObservation | null, l10n: L10n): CheckFinding {
  const { message } = describeFailure({ kind: 'not-found' }, l10n);
  const found = seen === null ? '' : httpText(seen, l10n);
  return failed(join(found, message), l10n.t('Correct the base URL.'), 'open-base-url-setting');
}

function httpText({ status, headersAt, sentAt }: HttpObservation, l10n: L10n): string {
  return l10n.t(
    'HTTP {0} after {1}.',
    status,
    formatDuration(headersAt - sentAt, getLanguage(l10n)),
  );
}

function join(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function checkNoAnswer(failure: Failure, l10n: L10n): CheckFinding {
  const { message } = describeFailure(failure, l10n);
  const found = l10n.t('No answer came. {0}', message);
  if (failure.kind === 'browser-blocked') return failed(found, null, 'open-base-url-setting');
  return failed(
    found,
    l10n.t(
      'VS Code’s own requests pass the proxy and the certificates of its settings: check {0}.',
      'http.*',
    ),
    'open-proxy-setting',
  );
}

/**
 * Whether the key is accepted.
 * @param counted the second question to the API, for those that have no list of models
 */
export function checkKey(
  listed: Result<unknown>,
  counted: Result<unknown>,
  l10n: L10n,
): CheckFinding {
  if (listed.ok || counted.ok) return ok(l10n.t('Accepted.'));
  const refusal = [listed.failure, counted.failure].find(isRefusal);
  if (refusal === undefined) {
    // It has looked at the model, so it has let the key pass.
    return counted.failure.kind === 'model-not-found'
      ? ok(l10n.t('Accepted.'))
      : skipped(l10n.t('What came back does not tell.'));
  }
  const { message, action } = describeFailure(refusal, l10n);
  return failed(l10n.t('Refused.'), message, toCheckAction(action));
}

const isRefusal = ({ kind }: Failure): boolean =>
  kind === 'auth' || kind === 'browser-refused' || kind === 'permission' || kind === 'billing';

function lifecycleText({ id, lifecycle, retiresAt }: Model, l10n: L10n): string {
  if (lifecycle === 'retired') return l10n.t('{0} is retired.', id);
  return retiresAt === null
    ? l10n.t('{0} is deprecated.', id)
    : l10n.t('{0} is deprecated, and retires on {1}.', id, retiresAt.slice(0, 10));
}

/** Whether the key may use the model. */
export function checkModel(
  model: string,
  listed: Result<readonly Model[]>,
  counted: Result<unknown>,
  l10n: L10n,
): CheckFinding {
  const models = listed.ok ? listed.value : [];
  const info = models.find(({ id }) => id === model);
  if (counted.ok || info !== undefined) {
    if (info === undefined) return ok(l10n.t('{0} answers; no list has it.', model));
    if (info.lifecycle === 'active') return ok(l10n.t('{0} is active.', info.displayName));
    return note(
      lifecycleText(info, l10n),
      l10n.t('Choose another with Claude: Choose Model….'),
      'choose-model',
    );
  }
  // Only the model was asked about: the failure needn't know which it was.
  const failure: Failure =
    counted.failure.kind === 'model-not-found'
      ? { kind: 'model-not-found', model }
      : counted.failure;
  const { message, action } = describeFailure(failure, l10n);
  if (failure.kind === 'model-not-found') {
    return failed(message, l10n.t('Choose another with Claude: Choose Model….'), 'choose-model');
  }
  if (models.length > 0) {
    return note(
      l10n.t('{0} isn’t in the server’s model list.', model),
      l10n.t('Choose another with Claude: Choose Model….'),
      'choose-model',
    );
  }
  if (failure.kind === 'not-found') {
    return note(
      l10n.t('The gateway neither lists models nor counts tokens: only a reply can tell.'),
    );
  }
  return note(message, null, toCheckAction(action));
}

/** What of a failure's own actions helps here. */
export function toCheckAction(action: FailureAction): CheckAction | null {
  switch (action) {
    case 'set-api-key':
    case 'choose-model':
    case 'open-base-url-setting':
      return action;
    case 'retry':
    case 'show-log':
      return null;
  }
}
