import assert from 'node:assert/strict';
import { canaryOfHeaders } from '../../fakes/canary-key.ts';
import { answers } from '../../fakes/vscode.ts';
import { given, HostParts } from './host-parts.ts';

const { ConnectionCheck } = await import('../../../src/host/connection/check-connection.ts');

const cases: readonly (readonly [baseUrl: unknown, message: RegExp])[] = [
  [
    'gw.example',
    /^Nothing was sent: the setting claudeStream\.baseUrl must be an http or https URL/,
  ],
  ['', /^Nothing was sent: the setting claudeStream\.baseUrl must be an http or https URL/],
  ['https://user:pass-word@gw.example', /^Nothing was sent: .* has a user name or password\.$/],
  ['https://gw.example/?key=pass-word', /^Nothing was sent: .* has a query string/],
  ['https://gw.example/#pass-word', /^Nothing was sent: .* has a fragment/],
];

describe('a base URL that can’t be used', () => {
  let sent: unknown[];
  const { fetch } = globalThis;
  beforeEach(() => {
    sent = [];
    globalThis.fetch = (...request) => {
      sent.push(request);
      return Promise.reject(new Error('Nothing may be sent.'));
    };
  });
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  /** With a key and a secret, and a user who opens the setting. */
  function hostWith(baseUrl: unknown): HostParts {
    const host = new HostParts('', { baseUrl });
    host.secrets.stored.set('claudeStream.headerSecret.gateway', canaryOfHeaders);
    answers.set('window.showErrorMessage', (_message: string, open: string) =>
      Promise.resolve(open),
    );
    return host;
  }

  for (const [baseUrl, expected] of cases) {
    it(`stops the request, says why and opens the setting: ${JSON.stringify(baseUrl)}`, async () => {
      const host = hostWith(baseUrl);
      assert.equal(await host.keyPrompt.ensureKey(), false);
      assert.equal(await host.keyPrompt.open(), null);
      assert.equal(await host.connections.open(), null);
      const messages = given('window.showErrorMessage').map(([message]) => String(message));
      assert.equal(messages.length, 2, 'once each time somebody asks');
      for (const message of messages) {
        assert.match(message, expected);
        assert.doesNotMatch(message, /pass-word/);
      }
      assert.deepEqual(given('commands.executeCommand').at(-1), [
        'workbench.action.openSettings',
        '@id:claudeStream.baseUrl',
      ]);
      assert.deepEqual(given('window.showWarningMessage'), [], 'no default is used');
      assert.deepEqual(sent, []);
    });
  }

  it('is checked before a key is asked for, and by Check Connection', async () => {
    const host = hostWith('gw.example');
    assert.equal(await host.keyPrompt.askAndStore(), false);
    assert.deepEqual(given('window.createInputBox'), []);
    const check = new ConnectionCheck({
      ...host,
      preflight: { connectionTest: () => assert.fail('no test') },
      version: '1.2.3',
      runtime: 'node',
      recordReply: () => assert.fail('no reply'),
    });
    await check.run();
    check.dispose();
    assert.equal(given('window.showErrorMessage').length, 2);
    assert.deepEqual(sent, []);
  });
});
