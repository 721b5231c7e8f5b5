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

export type ResolvedProxy =
  /** None is set; the system may have one that an extension can't see. */
  | { readonly kind: 'none' }
  /** A browser sends the requests: its proxy is its own. */
  | { readonly kind: 'browser' }
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

/**
 * Which proxy VS Code uses for a URL, as far as settings and environment say: what its proxy
 * agent (@vscode/proxy-agent 0.44) does, which no standard says. User and password of a proxy are
 * left behind here.
 */
export function resolveProxy(baseUrl: string, sources: ProxySources): ResolvedProxy {
  const { setting, support, bypass, environment } = sources;
  const url = new URL(baseUrl);
  if (support === 'off') return { kind: 'off' };
  const candidates = [
    ['http.proxy', setting] as const,
    ...['HTTPS_PROXY', 'HTTP_PROXY'].map(
      (name) => [name, readVariable(environment, name)] as const,
    ),
  ];
  const [from, text] = candidates.find(([, written]) => written.trim() !== '') ?? ['', ''];
  if (text === '') return { kind: 'none' };
  if (localHosts.has(url.hostname)) return { kind: 'local' };
  // The environment's exceptions count only where the setting has none.
  const [by, rules] =
    bypass.length > 0
      ? (['http.noProxy', bypass] as const)
      : (['NO_PROXY', readVariable(environment, 'NO_PROXY').split(',')] as const);
  if (rules.some((rule) => matchesBypassRule(rule, url))) return { kind: 'bypassed', by };
  return parseProxy(from, text.trim());
}

/** Without the brackets that an IPv6 address has in a URL. */
export function stripBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** The port of a URL, also where it is the scheme's own. */
export function getPort({ port, protocol }: URL): number {
  return port === '' ? (defaultPorts[protocol] ?? 0) : Number(port);
}

const defaultPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'socks5:': 1080,
};
const localHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

function readVariable(environment: ProxySources['environment'], name: string): string {
  return environment[name.toLowerCase()] || environment[name] || '';
}

/** VS Code takes no proxy without a scheme. */
function parseProxy(from: string, text: string): ResolvedProxy {
  if (!/^[a-z0-9]+:\/\//i.test(text) || !URL.canParse(text)) return { kind: 'unreadable', from };
  const url = new URL(text);
  if (url.hostname === '') return { kind: 'unreadable', from };
  const endpoint = { host: stripBrackets(url.hostname), port: getPort(url) };
  return { kind: 'proxy', from, scheme: url.protocol.slice(0, -1), endpoint };
}

/** `*`, or a domain with all below it, for one port or for all. */
function matchesBypassRule(rule: string, url: URL): boolean {
  const [name = '', port] = rule.trim().toLowerCase().split(':', 2);
  if (name === '') return false;
  if (name === '*') return true;
  const domain = name.startsWith('.') ? name : `.${name}`;
  const isPort = port === undefined || port === '' || Number(port) === getPort(url);
  return isPort && `.${url.hostname}`.endsWith(domain);
}
