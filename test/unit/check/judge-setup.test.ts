import assert from 'node:assert/strict';
import {
  type ConnectionSettings,
  type Credentials,
  checkCredentials,
  checkProxy,
  checkSettings,
} from '../../../src/core/check/check-setup.ts';
import type { ResolvedProxy } from '../../../src/core/check/proxy.ts';
import type { CheckAction, CheckFinding, CheckStatus } from '../../../src/core/check/steps.ts';
import { defaultBaseUrl } from '../../../src/core/claude/api-key.ts';
import { english } from '../../fakes/english.ts';

interface Expected {
  readonly verdict: CheckStatus;
  readonly says: RegExp;
  readonly action?: CheckAction;
}

function assertJudged(judged: CheckFinding, { verdict, says, action = undefined }: Expected): void {
  assert.equal(judged.status, verdict);
  assert.match(`${judged.message} ${judged.advice ?? ''}`, says);
  assert.equal(judged.action ?? undefined, action);
}

describe('check of the settings', () => {
  const usual: ConnectionSettings = {
    baseUrl: defaultBaseUrl,
    authorization: 'bearer',
    headers: {},
    model: 'claude-sonnet-5-5',
  };
  const cases: readonly [string, Partial<ConnectionSettings>, Expected][] = [
    ['names where requests go and the model', {}, { verdict: 'ok', says: /to https:\/\/api.*5-5/ }],
    [
      'names headers, and keeps their values to itself',
      { headers: { 'X-Team': 'blue secret' } },
      { verdict: 'ok', says: /^(?!.*blue).*Extra headers: X-Team\./ },
    ],
    [
      'wants the key as a bearer at the API itself',
      { authorization: 'x-api-key' },
      { verdict: 'note', says: /set claudeStream\.authorization to bearer/ },
    ],
    [
      'takes the other way at a gateway',
      { authorization: 'x-api-key', baseUrl: 'https://gateway.example' },
      { verdict: 'ok', says: /“X-Api-Key”/ },
    ],
    [
      'warns of http over a network',
      { baseUrl: 'http://gateway.example' },
      { verdict: 'note', says: /read on the way/, action: 'open-base-url-setting' },
    ],
    [
      'takes http on this machine',
      { baseUrl: 'http://127.0.0.1:8080' },
      { verdict: 'ok', says: /8080/ },
    ],
    [
      'leaves out what may be a token in a path',
      { baseUrl: 'https://gateway.example/v/0123456789abcdef0123/claude' },
      { verdict: 'ok', says: /to https:\/\/gateway\.example\/v\/…\/claude\./ },
    ],
  ];
  for (const [name, changes, expected] of cases) {
    it(name, () => assertJudged(checkSettings({ ...usual, ...changes }, english), expected));
  }
});

describe('check of the key', () => {
  const key = { value: 'sk-ant-api03-abc', source: 'stored' } as const;
  const gateway = 'https://gateway.example';
  const cases: readonly [string, Partial<Credentials>, string, Expected][] = [
    ['takes one that is stored', {}, defaultBaseUrl, { verdict: 'ok', says: /is stored/ }],
    [
      'says where another is from',
      { key: { ...key, source: 'environment' } },
      defaultBaseUrl,
      { verdict: 'ok', says: /variable ANTHROPIC_API_KEY/ },
    ],
    [
      'wants one',
      { key: null },
      defaultBaseUrl,
      { verdict: 'failed', says: /no API key/, action: 'set-api-key' },
    ],
    [
      'wants the secrets of headers',
      { missingSecrets: ['team', 'cost'] },
      gateway,
      { verdict: 'failed', says: /not stored: team, cost/, action: 'set-header-secret' },
    ],
    [
      'knows a key of another kind',
      { key: { ...key, value: 'sk-ant-admin01-abc' } },
      defaultBaseUrl,
      { verdict: 'note', says: /another kind/, action: 'set-api-key' },
    ],
    [
      'takes any key at a gateway',
      { key: { ...key, value: 'team-blue' } },
      gateway,
      { verdict: 'ok', says: /is stored/ },
    ],
  ];
  for (const [name, changes, baseUrl, expected] of cases) {
    it(name, () => {
      const credentials = { key, missingSecrets: [], ...changes };
      assertJudged(checkCredentials(credentials, baseUrl, english), expected);
    });
  }
});

describe('check of the proxy', () => {
  const cases: readonly [ResolvedProxy, Expected][] = [
    [{ kind: 'none' }, { verdict: 'ok', says: /cannot see/ }],
    [{ kind: 'browser' }, { verdict: 'ok', says: /browser’s own/ }],
    [{ kind: 'off' }, { verdict: 'ok', says: /http\.proxySupport is off/ }],
    [{ kind: 'local' }, { verdict: 'ok', says: /on this machine/ }],
    [
      { kind: 'bypassed', by: 'NO_PROXY' },
      { verdict: 'ok', says: /NO_PROXY leaves it out/ },
    ],
    [
      { kind: 'unreadable', from: 'http.proxy' },
      { verdict: 'note', says: /http\.proxy is not.*http:\/\/proxy/, action: 'open-proxy-setting' },
    ],
    [
      {
        kind: 'proxy',
        from: 'HTTPS_PROXY',
        scheme: 'http',
        endpoint: { host: 'proxy.example', port: 3128 },
      },
      { verdict: 'ok', says: /^http:\/\/proxy\.example:3128, from HTTPS_PROXY\./ },
    ],
  ];
  for (const [proxy, expected] of cases) {
    it(`says what it is: ${proxy.kind}`, () => assertJudged(checkProxy(proxy, english), expected));
  }
});
