import { formatDuration } from '../format-figures.ts';
import { getLanguage, type L10n } from '../l10n.ts';
import { skippedWithoutSockets } from './check-setup.ts';
import type { Certificate, Endpoint, Probe, ProbeResult } from './probe.ts';
import { getPort, type ResolvedProxy, stripBrackets } from './proxy.ts';
import {
  type CheckAction,
  type CheckFinding,
  type CheckSteps,
  failed,
  note,
  ok,
  skipped,
} from './steps.ts';

interface TransportOptions {
  readonly settings: { readonly baseUrl: string };
  readonly proxy: ResolvedProxy;
  readonly probe: Probe | null;
  readonly signal: AbortSignal;
  readonly l10n: L10n;
}

/** Name, connection and certificate: of the API, or of the proxy before it. */
export async function checkTransport(steps: CheckSteps, parts: TransportOptions): Promise<void> {
  const { probe, proxy, signal, l10n } = parts;
  if (probe === null) {
    for (const step of ['name', 'connection', 'certificate'] as const) {
      steps.add(step, skippedWithoutSockets(l10n));
    }
    return;
  }
  const api = toEndpoint(parts.settings.baseUrl);
  const isProxy = proxy.kind === 'proxy';
  const hop: Hop = { ...(isProxy ? proxy.endpoint : api), isProxy };
  await steps.run(
    'name',
    () => probe.resolve(hop.host, signal),
    (probed) => checkDns(hop, probed, l10n),
  );
  if (steps.getStatus('name') !== 'ok') {
    steps.add('connection', skipped(l10n.t('Needs an address.')));
  } else {
    await steps.run(
      'connection',
      () => probe.open(hop, signal),
      (probed) => checkTcp(hop, probed, l10n),
    );
  }
  const obstacle = findHandshakeObstacle(steps, parts);
  if (obstacle !== null) {
    steps.add('certificate', obstacle);
    return;
  }
  await steps.run(
    'certificate',
    () => probe.handshake(api, isProxy ? proxy.endpoint : null, signal),
    (probed) => checkCertificate(api.host, probed, Date.now(), l10n),
  );
}

function findHandshakeObstacle(
  steps: CheckSteps,
  { settings, proxy, l10n }: TransportOptions,
): CheckFinding | null {
  if (new URL(settings.baseUrl).protocol === 'http:') {
    return skipped(l10n.t('The base URL is http: there is none.'));
  }
  if (steps.getStatus('connection') !== 'ok') return skipped(l10n.t('Needs a connection.'));
  if (proxy.kind === 'proxy' && proxy.scheme !== 'http') {
    return skipped(
      l10n.t('The proxy speaks {0}: only VS Code’s own requests pass it.', proxy.scheme),
    );
  }
  return null;
}

function toEndpoint(baseUrl: string): Endpoint {
  const url = new URL(baseUrl);
  return { host: stripBrackets(url.hostname), port: getPort(url) };
}

/**
 * Whose name is resolved and who is connected to: the API's, or the proxy's that stands before it.
 */
interface Hop extends Endpoint {
  readonly isProxy: boolean;
}

const settingAction = ({ isProxy }: Hop): CheckAction =>
  isProxy ? 'open-proxy-setting' : 'open-base-url-setting';

function checkDns(hop: Hop, probed: ProbeResult<readonly string[]>, l10n: L10n): CheckFinding {
  const { host } = hop;
  if (probed.ok) {
    const addresses = probed.value.join(', ');
    return ok(
      addresses === host ? l10n.t('An address already.') : l10n.t('{0} is {1}.', host, addresses),
    );
  }
  const { code } = probed;
  const isUnknown = code === 'ENOTFOUND' || code === 'ENODATA';
  return failed(
    isUnknown
      ? l10n.t('The name {0} is not known ({1}).', host, code)
      : l10n.t('The name server did not say what {0} is ({1}).', host, code),
    hop.isProxy
      ? l10n.t('Check the address of the proxy, the network and the VPN.')
      : l10n.t(
          'Check the base URL, the network and the VPN. Behind a proxy, set {0}.',
          'http.proxy',
        ),
    settingAction(hop),
  );
}

function checkTcp(hop: Hop, probed: ProbeResult<string>, l10n: L10n): CheckFinding {
  const place = `${hop.host}:${hop.port}`;
  if (probed.ok) return ok(l10n.t('{0} takes connections.', place));
  const { code } = probed;
  switch (code) {
    case 'ECONNREFUSED':
      return failed(
        l10n.t('Nothing listens at {0} ({1}).', place, code),
        hop.isProxy
          ? l10n.t('Check the address of the proxy, and whether it runs.')
          : l10n.t('Check the base URL with its port, and whether the gateway runs.'),
        settingAction(hop),
      );
    case 'TIMEOUT':
    case 'ETIMEDOUT':
      return failed(
        l10n.t('{0} does not answer at all: something drops the connection.', place),
        l10n.t('A firewall may want a proxy: ask who runs the network, and set {0}.', 'http.proxy'),
        'open-proxy-setting',
      );
    default:
      return failed(
        l10n.t('No connection to {0} ({1}).', place, code),
        l10n.t('Check the network and the VPN.'),
      );
  }
}

const formatDate = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** @param time milliseconds since 1970, by this machine's clock */
function checkCertificate(
  host: string,
  probed: ProbeResult<Certificate>,
  time: number,
  l10n: L10n,
): CheckFinding {
  if (!probed.ok) return checkHandshake(probed.code, l10n);
  const { problem, issuer, names, validFrom, validTo, protocol } = probed.value;
  const facts = l10n.t(
    'Issued by {0}, valid from {1} to {2}, {3}.',
    issuer,
    formatDate(validFrom),
    formatDate(validTo),
    protocol,
  );
  if (problem === null) return ok(facts);
  const clock = l10n.t('By this machine’s clock it is {0}.', formatDate(time));
  if (problem === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return failed(
      l10n.t('The certificate is for another host: {0}. {1}', names, facts),
      l10n.t('Write the base URL with the certificate’s name instead of {0}.', host),
      'open-base-url-setting',
    );
  }
  if (problem === 'CERT_HAS_EXPIRED' || time > validTo) {
    return failed(
      l10n.t('The certificate has expired. {0} {1}', facts, clock),
      l10n.t('If the date is right, whoever runs the server has to renew it; else set the clock.'),
    );
  }
  if (problem === 'CERT_NOT_YET_VALID' || time < validFrom) {
    return failed(
      l10n.t('The certificate is not valid yet. {0} {1}', facts, clock),
      l10n.t('This machine’s clock is probably wrong: set it.'),
    );
  }
  return failed(
    l10n.t('Nobody that this machine trusts has issued the certificate ({0}). {1}', problem, facts),
    l10n.t(
      'A company’s proxy or gateway may have one of its own: install its root certificate in the system’s store, and keep {0} on.',
      'http.systemCertificates',
    ),
  );
}

function checkHandshake(code: string, l10n: L10n): CheckFinding {
  const status = /^PROXY_(\d{3})$/.exec(code)?.[1];
  if (status === '407') {
    return note(
      l10n.t('The proxy wants a sign-in (407), which is VS Code’s to give.'),
      l10n.t(
        'If no answer comes, sign in when VS Code asks, or set {0}.',
        'http.proxyAuthorization',
      ),
      'open-proxy-setting',
    );
  }
  if (status !== undefined) {
    return failed(
      l10n.t('The proxy refuses to connect to this host ({0}).', status),
      l10n.t('Ask who runs the proxy to let it through.'),
      'open-proxy-setting',
    );
  }
  return failed(
    l10n.t('The other side does not speak TLS, or broke off ({0}).', code),
    l10n.t('Check that base URL and port are for https. A firewall may stand between.'),
    'open-base-url-setting',
  );
}

/** An API's clock is right; only a long way off does it matter. */
const clockToleranceMs = 90_000;

/**
 * @param date the answer's `date` header
 * @param time when it came, in milliseconds since 1970 by this machine's clock
 */
export function checkClock(date: string | null, time: number, l10n: L10n): CheckFinding {
  const theirs = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return note(l10n.t('The answer does not say what time it is.'));
  const ahead = time - theirs;
  if (Math.abs(ahead) <= clockToleranceMs)
    return ok(l10n.t('Right, within {0} s.', Math.ceil(Math.abs(ahead) / 1000)));
  const apart = formatDuration(Math.abs(ahead), getLanguage(l10n));
  return note(
    ahead > 0
      ? l10n.t('This machine’s clock is {0} ahead of the server’s.', apart)
      : l10n.t('This machine’s clock is {0} behind the server’s.', apart),
    l10n.t('Set it: certificates and the sign-in of some gateways depend on it.'),
  );
}
