import { type AuthorizationStyle, defaultBaseUrl } from '../claude/api-key.ts';
import type { ExtraHeaders } from '../claude/extra-headers.ts';
import type { L10n } from '../l10n.ts';
import type { ResolvedProxy } from './proxy.ts';
import { type CheckFinding, failed, note, ok, skipped } from './steps.ts';

export interface ConnectionSettings {
  readonly baseUrl: string;
  readonly authorization: AuthorizationStyle;
  readonly headers: ExtraHeaders;
  readonly model: string;
}

/** The values of headers are nobody's business: their names are told. */
export function checkSettings(settings: ConnectionSettings, l10n: L10n): CheckFinding {
  const { baseUrl, authorization, headers, model } = settings;
  const names = Object.keys(headers);
  const found = [
    l10n.t('Requests go to {0}.', displayUrl(baseUrl)),
    authorization === 'bearer'
      ? l10n.t('The key goes as “Authorization: Bearer”.')
      : l10n.t('The key goes as “X-Api-Key”.'),
    names.length === 0
      ? l10n.t('No extra headers.')
      : l10n.t('Extra headers: {0}.', names.join(', ')),
    l10n.t('The model is {0}.', model),
  ].join(' ');
  if (baseUrl === defaultBaseUrl && authorization !== 'bearer') {
    return note(
      found,
      l10n.t(
        'The Claude API wants the key as a bearer: set {0} to {1}.',
        authorizationSetting,
        'bearer',
      ),
    );
  }
  if (
    new URL(baseUrl).protocol === 'http:' &&
    !/^(localhost|127\.|\[::1\])/.test(getHostname(baseUrl))
  ) {
    return note(
      found,
      l10n.t('Over http the key and the questions can be read on the way: use https.'),
      'open-base-url-setting',
    );
  }
  return ok(found);
}

const authorizationSetting = 'claudeStream.authorization';

/** A path of a gateway may have an account's or a project's token in it. */
function displayUrl(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  return pathname === '/' ? origin : origin + pathname.replace(/[^/]{20,}/g, '…');
}

function getHostname(baseUrl: string): string {
  return new URL(baseUrl).hostname;
}

export interface Credentials {
  /** Null where there is none that can stand in a header. */
  readonly key: { readonly value: string; readonly source: 'stored' | 'environment' } | null;
  readonly missingSecrets: readonly string[];
}

export function checkCredentials(
  { key, missingSecrets }: Credentials,
  baseUrl: string,
  l10n: L10n,
): CheckFinding {
  if (key === null) {
    return failed(
      l10n.t('There is no API key.'),
      l10n.t('Set one with Claude: Set API Key….'),
      'set-api-key',
    );
  }
  if (missingSecrets.length > 0) {
    return failed(
      l10n.t('The headers need secrets that are not stored: {0}.', missingSecrets.join(', ')),
      l10n.t('Set them with Claude: Set Header Secret….'),
      'set-header-secret',
    );
  }
  const found =
    key.source === 'stored'
      ? l10n.t('A key is stored, and can stand in a header.')
      : l10n.t('The key is from the environment variable {0}.', 'ANTHROPIC_API_KEY');
  // Gateways have keys of their own.
  if (baseUrl === defaultBaseUrl && !/^sk-ant-(?!admin)/.test(key.value)) {
    return note(
      found,
      l10n.t(
        'It does not begin as a key for the API does ({0}): it may be another kind.',
        'sk-ant-api',
      ),
      'set-api-key',
    );
  }
  return ok(found);
}

export function checkProxy(proxy: ResolvedProxy, l10n: L10n): CheckFinding {
  switch (proxy.kind) {
    case 'none':
      return ok(
        l10n.t(
          'Neither {0} nor the environment names one. The system may have one that an extension cannot see.',
          'http.proxy',
        ),
      );
    case 'browser':
      return ok(l10n.t('The browser’s own, if it has one: an extension cannot see it.'));
    case 'off':
      return ok(l10n.t('None: {0} is off.', 'http.proxySupport'));
    case 'local':
      return ok(l10n.t('None: the base URL is on this machine.'));
    case 'bypassed':
      return ok(l10n.t('None for this host: {0} leaves it out.', proxy.by));
    case 'unreadable':
      return note(
        l10n.t('{0} is not the address of a proxy: VS Code does without.', proxy.from),
        l10n.t('Write it as {0}.', 'http://proxy.example:8080'),
        'open-proxy-setting',
      );
    case 'proxy': {
      const { scheme, endpoint, from } = proxy;
      const address = `${scheme}://${endpoint.host}:${endpoint.port}`;
      return ok(l10n.t('{0}, from {1}.', address, from));
    }
  }
}

/** Without sockets none of the hops below HTTP can be looked at. */
export function skippedWithoutSockets(l10n: L10n): CheckFinding {
  return skipped(
    l10n.t('Can only be looked at where VS Code runs on a machine, not in a browser.'),
  );
}
