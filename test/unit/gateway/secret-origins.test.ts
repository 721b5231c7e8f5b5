import assert from 'node:assert/strict';
import { defaultBaseUrl } from '../../../src/core/claude/api-key.ts';
import { canaryKey, canaryOfHeaders } from '../../fakes/canary-key.ts';
import { answers } from '../../fakes/vscode.ts';
import { given, HostParts } from './host-parts.ts';

const gateway = 'https://gateway.example';
const keyEntry = 'claudeStream.apiKey';
const secretEntry = 'claudeStream.headerSecret.gateway';
const plain = { headers: {} };

/** What the user was asked, so far. */
const questions = (): readonly unknown[] =>
  given('window.showWarningMessage').map(([message]) => message);

/** The user's answer to whatever is asked from now on. */
function answer(button: 'Send' | undefined): void {
  answers.set('window.showWarningMessage', () => Promise.resolve(button));
}

/** Another base URL with the same secrets. */
function moveTo(host: HostParts, baseUrl: string, settings: object = plain): HostParts {
  const moved = new HostParts(baseUrl, { ...settings });
  moved.environmentOrigin = host.environmentOrigin;
  for (const [name, value] of host.secrets.stored) moved.secrets.stored.set(name, value);
  return moved;
}

describe('the origin that a secret is for', () => {
  it('is the API’s own for a key of an earlier version, once it was used there', async () => {
    const host = new HostParts(defaultBaseUrl, plain);
    host.secrets.stored.set(keyEntry, canaryKey);
    assert.notEqual(await host.connections.open(), null);
    assert.deepEqual(questions(), []);

    const moved = moveTo(host, gateway);
    answer(undefined);
    assert.equal(await moved.keyPrompt.ensureKey(), false);
    assert.equal(await moved.keyPrompt.open(), null);
    assert.equal(await moved.connections.open(), null, 'nothing goes on beside, either');
    const question = `Send the API key that was set for ${defaultBaseUrl} to ${gateway}?`;
    assert.deepEqual(questions(), [question, question]);
    const [[, options]] = given('window.showWarningMessage') as [[string, { modal: boolean }]];
    assert.equal(options.modal, true);
  });

  it('is remembered with the secret once the user has agreed', async () => {
    const host = new HostParts(gateway, plain);
    host.secrets.stored.set(keyEntry, canaryKey);
    answer('Send');
    assert.equal(await host.keyPrompt.ensureKey(), true);
    assert.deepEqual(questions(), [`Send the stored API key to ${gateway}?`]);
    assert.equal(await host.keyPrompt.ensureKey(), true);
    assert.notEqual(await host.connections.open(), null);
    assert.equal(questions().length, 1);
    const again = moveTo(host, gateway);
    assert.equal(await again.keyPrompt.ensureKey(), true);
    assert.deepEqual(questions(), []);
  });

  it('is where it was entered', async () => {
    const host = new HostParts(gateway, plain);
    await host.keys.set(canaryKey, gateway);
    assert.equal(await host.keyPrompt.ensureKey(), true);
    assert.deepEqual(questions(), []);
    for (const other of ['http://gateway.example', `${gateway}:8443`, defaultBaseUrl]) {
      const moved = moveTo(host, other);
      answer(undefined);
      assert.equal(await moved.keyPrompt.ensureKey(), false, other);
      assert.deepEqual(questions(), [
        `Send the API key that was set for ${gateway} to ${new URL(other).origin}?`,
      ]);
    }
    const path = moveTo(host, `${gateway}/other/path`);
    assert.equal(await path.keyPrompt.ensureKey(), true);
  });

  it('isn’t that of the key before it', async () => {
    const host = new HostParts(gateway, plain);
    await host.keys.set(canaryKey, gateway);
    host.secrets.stored.set(keyEntry, `${canaryKey}-of-another-window`);
    assert.equal(await host.connections.open(), null);
  });

  it('is forgotten with the key', async () => {
    const host = new HostParts(gateway, plain);
    await host.keys.set(canaryKey, gateway);
    await host.keys.clear();
    assert.equal(host.secrets.stored.size, 0);
  });

  for (const [name, home] of [
    ['the API’s own', defaultBaseUrl],
    ['what ANTHROPIC_BASE_URL says', 'https://company.example'],
  ] as const) {
    it(`is ${name} for the environment’s key`, async () => {
      const host = new HostParts(gateway, plain);
      host.environmentOrigin = home;
      answer('Send');
      assert.equal(await host.connections.open(), null);
      assert.equal(await host.keyPrompt.ensureKey(), true);
      assert.deepEqual(questions(), [`Send the API key that was set for ${home} to ${gateway}?`]);
      assert.notEqual(await host.connections.open(), null);
      const kept = JSON.stringify([...host.secrets.stored]);
      assert.ok(!kept.includes(canaryKey), 'the environment’s key isn’t written down');
    });
  }

  it('is asked for each header’s secret, by its name', async () => {
    const host = new HostParts(gateway);
    host.secrets.stored.set(secretEntry, canaryOfHeaders);
    answer(undefined);
    assert.equal(await host.connections.open(), null);
    assert.equal(await host.keyPrompt.ensureKey(), false);
    assert.deepEqual(questions(), [`Send the stored header secret “gateway” to ${gateway}?`]);
    await host.storeGatewaySecret();
    assert.equal(await host.keyPrompt.ensureKey(), true);
    assert.notEqual(await host.connections.open(), null);
  });

  it('is asked once by several questions at once', async () => {
    const host = new HostParts(gateway, plain);
    host.environmentOrigin = defaultBaseUrl;
    answer('Send');
    const { keyPrompt } = host;
    assert.deepEqual(await Promise.all([keyPrompt.ensureKey(), keyPrompt.ensureKey()]), [
      true,
      true,
    ]);
    assert.equal(questions().length, 1);
  });

  it('is asked before another key is checked with the header’s secret', async () => {
    const host = new HostParts(gateway);
    host.secrets.stored.set(secretEntry, canaryOfHeaders);
    answer(undefined);
    assert.equal(await host.keyPrompt.askAndStore(), false);
    assert.deepEqual(given('window.createInputBox'), []);
    assert.equal(questions().length, 1);
  });
});
