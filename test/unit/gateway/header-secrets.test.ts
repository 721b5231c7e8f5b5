import assert from 'node:assert/strict';
import { canaryKey, canaryOfHeaders } from '../../fakes/canary-key.ts';
import { say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { answers } from '../../fakes/vscode.ts';
import { given, HostParts } from './host-parts.ts';

const { setHeaderSecret } = await import('../../../src/host/connection/set-header-secret.ts');

const entry = 'claudeStream.headerSecret.gateway';
const { signal } = new AbortController();

describe('the secrets of headers', () => {
  let simulator: Simulator;
  let host: HostParts;
  beforeEach(async () => {
    simulator = await startSimulator(say('Hello.'));
    host = new HostParts(simulator.url);
  });
  afterEach(() => simulator[Symbol.asyncDispose]());

  /** The user types this into the next box; undefined closes it. */
  function type(text: string | undefined): void {
    answers.set('window.showInputBox', () => Promise.resolve(text));
  }

  it('are asked for once, kept in the secret storage, and sent', async () => {
    type(` ${canaryOfHeaders} `);
    assert.equal(await host.keyPrompt.ensureKey(), true);
    assert.equal(host.secrets.stored.get(entry), canaryOfHeaders);
    const claude = await host.keyPrompt.open();
    assert.ok((await claude?.checkKey(signal))?.ok);
    const [{ headers } = assert.fail('nothing was sent')] = simulator.requests;
    assert.equal(headers['x-api-key'], canaryKey);
    assert.equal(headers.authorization, undefined);
    assert.equal(headers['x-team'], 'blue');
    assert.equal(headers['x-gateway'], `Token ${canaryOfHeaders}`);
    assert.equal(given('window.showInputBox').length, 1);
    const [[options]] = given('window.showInputBox') as [[{ readonly password: boolean }]];
    assert.equal(options.password, true);
  });

  for (const nothing of [undefined, '', '  ']) {
    it(`stop a question where the user gives ${JSON.stringify(nothing)}`, async () => {
      type(nothing);
      assert.equal(await host.keyPrompt.ensureKey(), false);
      assert.equal(await host.keyPrompt.open(), null);
      assert.equal(host.secrets.stored.size, 0);
    });
  }

  it('are not asked for by what goes on beside: it waits', async () => {
    assert.equal(await host.connections.open(), null);
    assert.deepEqual(given('window.showInputBox'), []);
    await host.storeGatewaySecret();
    assert.notEqual(await host.connections.open(), null);
  });

  it('are none where what is stored can’t stand in a header', async () => {
    host.secrets.stored.set(entry, `${canaryOfHeaders}\r\nhost: elsewhere`);
    assert.equal(await host.connections.open(), null);
  });

  for (const bad of ['line\nbreak', 'ключ']) {
    it(`are not taken as ${JSON.stringify(bad)}`, async () => {
      type(undefined);
      await host.keyPrompt.ensureKey();
      const [[options]] = given('window.showInputBox') as [
        [{ readonly validateInput: (value: string) => string | undefined }],
      ];
      assert.notEqual(options.validateInput(bad), undefined);
      assert.equal(options.validateInput(canaryOfHeaders), undefined);
    });
  }

  interface Choice {
    readonly label: string;
  }

  /** Runs the command and chooses what is called this; gives what was offered. */
  async function choose(label: string): Promise<readonly string[]> {
    const offered: string[] = [];
    answers.set('window.showQuickPick', (choices: readonly Choice[]) => {
      offered.push(...choices.map((choice) => choice.label));
      return Promise.resolve(choices.find((choice) => choice.label === label));
    });
    const { origin } = new URL(simulator.url);
    await setHeaderSecret(host.settings.read().headers, host.secrets, origin);
    return offered;
  }

  it('are set, replaced and removed by the command', async () => {
    type('first');
    assert.deepEqual(await choose('gateway'), ['gateway']);
    assert.equal(host.secrets.stored.get(entry), 'first');
    type('second');
    assert.deepEqual(await choose('gateway'), ['gateway', 'Remove “gateway”']);
    assert.equal(host.secrets.stored.get(entry), 'second');
    await choose('Remove “gateway”');
    assert.equal(host.secrets.stored.size, 0);
  });

  it('need no command where no header names one', async () => {
    host = new HostParts(simulator.url, { headers: { 'x-team': 'blue' } });
    answers.set('window.showInformationMessage', (_message: string, open: string) =>
      Promise.resolve(open),
    );
    await choose('gateway');
    const [opened] = given('commands.executeCommand');
    assert.deepEqual(opened, ['workbench.action.openSettings', '@id:claudeStream.headers']);
  });
});
