import type { Endpoint } from './probe.ts';

/** Where VS Code's `fetch` takes a proxy from. */
export interface ProxySources {
  /** `http.proxy`. */
  readonly setting: string;
  /** `http.proxySupport`. */
  readonly support: string;
  /** `http.noProxy`. */
  readonly bypass: readonly string[];
  /** Environment variables by name; empty where there is no environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type ProxyInUse =
  /** None is set; the system may have one that an extension can't see. */
  | { readonly kind: 'none' }
  /** `http.proxySupport` is off. */
  | { readonly kind: 'off' }
  /** VS Code reaches the machine itself without one. */
  | { readonly kind: 'local' }
  | { readonly kind: 'bypassed'; readonly by: string }
  | { readonly kind: 'unreadable'; readonly from: string }
  | {
      readonly kind: 'proxy';
      /** The setting's or the variable's name. */
      readonly from: string;
      /** Such as `http`. */
      readonly scheme: string;
      readonly endpoint: Endpoint;
    };

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

/**
 * Which proxy VS Code uses for a URL, as far as settings and environment say. The setting goes before
 * the environment. User and password of a proxy are left behind here.
 */
export function proxyFor(baseUrl: string, sources: ProxySources): ProxyInUse {
  const { hostname, protocol } = new URL(baseUrl);
  if (sources.support === 'off') return { kind: 'off' };
  const { environment } = sources;
  const variables = protocol === 'https:' ? ['HTTPS_PROXY', 'HTTP_PROXY'] : ['HTTP_PROXY'];
  const candidates: readonly (readonly [from: string, text: string])[] = [
    ['http.proxy', sources.setting],
    ...variables.map((name) => [name, variable(environment, name)] as const),
  ];
  const [from, text] = candidates.find(([, written]) => written !== '') ?? ['', ''];
  if (text === '') return { kind: 'none' };
  if (isLocal(hostname)) return { kind: 'local' };
  const bypasses: readonly (readonly [by: string, rules: readonly string[]])[] = [
    ['http.noProxy', sources.bypass],
    ['NO_PROXY', variable(environment, 'NO_PROXY').split(/[\s,]+/)],
  ];
  const by = bypasses.find(([, rules]) => rules.some((rule) => matches(rule, hostname)))?.[0];
  if (by !== undefined) return { kind: 'bypassed', by };
  // `proxy.example:8080` is a URL to the parser, with `proxy.example:` for its scheme.
  const url = parse(/^[a-z0-9]+:\/\//i.test(text) ? text : `http://${text}`);
  if (url === null) return { kind: 'unreadable', from };
  const scheme = url.protocol.slice(0, -1);
  const port = url.port === '' ? defaultPorts[scheme] : Number(url.port);
  if (port === undefined) return { kind: 'unreadable', from };
  return { kind: 'proxy', from, scheme, endpoint: { host: bare(url.hostname), port } };
}

/** Without the brackets that an IPv6 address has in a URL. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function variable(environment: ProxySources['environment'], name: string): string {
  return (environment[name.toLowerCase()] ?? environment[name] ?? '').trim();
}

function isLocal(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname);
}

/** `*`, a host, or a domain with all below it, each with or without a leading `*.` or `.`. */
function matches(rule: string, hostname: string): boolean {
  if (rule === '*') return true;
  const domain = rule
    .replace(/^\*?\./, '')
    .replace(/:\d+$/, '')
    .toLowerCase();
  const host = hostname.toLowerCase();
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
