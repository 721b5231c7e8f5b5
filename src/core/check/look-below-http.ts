import type { L10n } from '../l10n.ts';
import { type Hop, judgeCertificate, judgeConnection, judgeName } from './judge-network.ts';
import { withoutSockets } from './judge-setup.ts';
import type { Endpoint, Probe } from './probe.ts';
import { bare, type ProxyInUse, portOf } from './proxy.ts';
import { type Judgement, skipped } from './step.ts';
import type { Steps } from './steps.ts';

interface Parts {
  readonly settings: { readonly baseUrl: string };
  readonly proxy: ProxyInUse;
  readonly probe: Probe | null;
  readonly signal: AbortSignal;
  readonly l10n: L10n;
}

/** Name, connection and certificate: of the API, or of the proxy before it. */
export async function lookBelowHttp(steps: Steps, parts: Parts): Promise<void> {
  const { probe, proxy, signal, l10n } = parts;
  if (probe === null) {
    for (const step of ['name', 'connection', 'certificate'] as const) {
      steps.add(step, withoutSockets(l10n));
    }
    return;
  }
  const api = endpointOf(parts.settings.baseUrl);
  const isProxy = proxy.kind === 'proxy';
  const hop: Hop = { ...(isProxy ? proxy.endpoint : api), isProxy };
  await steps.take(
    'name',
    () => probe.resolve(hop.host, signal),
    (probed) => judgeName(hop, probed, l10n),
  );
  if (steps.verdictOf('name') !== 'ok') {
    steps.add('connection', skipped(l10n.t('Needs an address.')));
  } else {
    await steps.take(
      'connection',
      () => probe.open(hop, signal),
      (probed) => judgeConnection(hop, probed, l10n),
    );
  }
  const obstacle = whyNoHandshake(steps, parts);
  if (obstacle !== null) {
    steps.add('certificate', obstacle);
    return;
  }
  await steps.take(
    'certificate',
    () => probe.handshake(api, isProxy ? proxy.endpoint : null, signal),
    (probed) => judgeCertificate(api.host, probed, Date.now(), l10n),
  );
}

function whyNoHandshake(steps: Steps, { settings, proxy, l10n }: Parts): Judgement | null {
  if (new URL(settings.baseUrl).protocol === 'http:') {
    return skipped(l10n.t('The base URL is http: there is none.'));
  }
  if (steps.verdictOf('connection') !== 'ok') return skipped(l10n.t('Needs a connection.'));
  if (proxy.kind === 'proxy' && proxy.scheme !== 'http') {
    return skipped(
      l10n.t('The proxy speaks {0}: only VS Code’s own requests pass it.', proxy.scheme),
    );
  }
  return null;
}

function endpointOf(baseUrl: string): Endpoint {
  const url = new URL(baseUrl);
  return { host: bare(url.hostname), port: portOf(url) };
}
