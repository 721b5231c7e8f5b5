import assert from 'node:assert/strict';
import {
  type ProxySources,
  type ResolvedProxy,
  resolveProxy,
} from '../../../src/core/check/proxy.ts';

const none: ProxySources = { setting: '', support: 'override', bypass: [], environment: {} };
const api = 'https://api.anthropic.com';
const at = (from: string, host: string, port: number, scheme = 'http'): ResolvedProxy => ({
  kind: 'proxy',
  from,
  scheme,
  endpoint: { host, port },
});

describe('the proxy in use', () => {
  const setting = 'http://proxy.example:8080';
  const cases: readonly (readonly [string, string, Partial<ProxySources>, ResolvedProxy])[] = [
    ['nothing is set', api, {}, { kind: 'none' }],
    ['the setting names one', api, { setting }, at('http.proxy', 'proxy.example', 8080)],
    ['it has no scheme', api, { setting: 'proxy:81' }, { kind: 'unreadable', from: 'http.proxy' }],
    ['it has no port', api, { setting: 'https://proxy' }, at('http.proxy', 'proxy', 443, 'https')],
    ['it is an address', api, { setting: 'http://[::2]:1' }, at('http.proxy', '::2', 1)],
    [
      'it has a user and a password',
      api,
      { setting: 'http://user:secret@proxy:81' },
      at('http.proxy', 'proxy', 81),
    ],
    ['it is no URL', api, { setting: 'http://' }, { kind: 'unreadable', from: 'http.proxy' }],
    [
      'the environment names one',
      api,
      { environment: { https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:1' } },
      at('HTTPS_PROXY', 'lower', 1),
    ],
    [
      'it names one for http alone',
      api,
      { environment: { HTTP_PROXY: 'http://plain:1' } },
      at('HTTP_PROXY', 'plain', 1),
    ],
    [
      'the base URL is http',
      'http://gateway.example',
      { environment: { HTTPS_PROXY: 'http://secure:1' } },
      at('HTTPS_PROXY', 'secure', 1),
    ],
    [
      'both name one',
      api,
      { setting, environment: { HTTPS_PROXY: 'http://other:1' } },
      at('http.proxy', 'proxy.example', 8080),
    ],
    ['it is off', api, { setting, support: 'off' }, { kind: 'off' }],
    ['the base URL is here', 'http://127.0.0.1:8080', { setting }, { kind: 'local' }],
    [
      'the host is left out',
      api,
      { setting, bypass: ['other.example', 'Anthropic.com'] },
      { kind: 'bypassed', by: 'http.noProxy' },
    ],
    [
      'the environment leaves it out',
      api,
      { setting, environment: { NO_PROXY: 'localhost, .anthropic.com:443' } },
      { kind: 'bypassed', by: 'NO_PROXY' },
    ],
    ['all are left out', api, { setting, bypass: ['*'] }, { kind: 'bypassed', by: 'http.noProxy' }],
    [
      'another port of the host is left out',
      api,
      { setting, bypass: ['anthropic.com:80'] },
      at('http.proxy', 'proxy.example', 8080),
    ],
    [
      'only the environment leaves it out, and the setting has other exceptions',
      api,
      { setting, bypass: ['other.example'], environment: { NO_PROXY: '*' } },
      at('http.proxy', 'proxy.example', 8080),
    ],
    [
      'a name that ends alike is left out',
      api,
      { setting, bypass: ['pic.com', 'i.anthropic.com'] },
      at('http.proxy', 'proxy.example', 8080),
    ],
  ];
  for (const [name, baseUrl, sources, expected] of cases) {
    it(`where ${name}`, () => {
      assert.deepEqual(resolveProxy(baseUrl, { ...none, ...sources }), expected);
    });
  }
});
